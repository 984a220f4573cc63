using System.Text;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Files from a person's disk: good ones open, others are refused in one line and nothing breaks.</summary>
[Collection(OneBrowser.Name)]
public sealed class UploadTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "truncated", Convert.ToBase64String(HostileModels.Valid()[..^40]) },
        { "garbage", Convert.ToBase64String(Encoding.UTF8.GetBytes("not a network\n   at all\u0000\u0001")) },
        { "empty", "" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public Task A_hostile_network_is_refused_in_one_line_and_the_page_goes_on(string kind, string bytes) => chromium.Visit(studio, async tab =>
    {
        tab.Expects("status of 422");
        await tab.Go("");
        ILocator status = Drop(tab, "Choose a network").GetByRole(AriaRole.Status);
        await Choose(tab, "Choose a network", $"{kind}.onnx", Convert.FromBase64String(bytes));
        await Assertions.Expect(status).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("bad"));
        string line = (await status.InnerTextAsync()).Trim();
        Assert.False(line.Contains('\n') || line.Contains("   at ", StringComparison.Ordinal) || line.Contains(studio.Workspace, StringComparison.Ordinal), line);
        Assert.NotEmpty(line);
        await tab.Shoot(kind);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show the partition of circles" }).ClickAsync();
        await tab.Cut();
        Assert.False(Directory.EnumerateFiles(studio.Workspace, kind + "*", SearchOption.AllDirectories).Any());
    });

    [Fact]
    public Task A_file_of_another_kind_is_refused_before_it_is_sent() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("");
        await Choose(tab, "Choose a network", "picture.png", [1, 2, 3]);
        await Assertions.Expect(Drop(tab, "Choose a network").GetByRole(AriaRole.Status)).ToContainTextAsync("picture.png is no network that is read here; accepted: .onnx");
    });

    [Fact]
    public Task A_network_is_opened_and_listed_until_it_is_removed() => chromium.Visit(studio, async tab =>
    {
        byte[] small = Small();
        await tab.Go("");
        await Choose(tab, "Choose a network", "mine.onnx", small);
        await tab.Keeps("network=upload:mine.onnx");
        await tab.Cut();
        Assert.Equal(new PlanarPartitioner(Model.Read(small, "mine")).Cut(Slice.Box(-1, 1, -1, 1)).RegionCount, await tab.Regions());
        await tab.Shoot("opened");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes of the network" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "mine" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("Gemm").First).ToBeVisibleAsync();
        await tab.Shoot("nodes");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Networks" }).ClickAsync();
        ILocator card = tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Show the partition of mine") });
        await Assertions.Expect(card).ToBeVisibleAsync();
        tab.Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove mine") }).ClickAsync();
        await Assertions.Expect(card).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Data_are_listed_beside_the_examples() => chromium.Visit(studio, async tab =>
    {
        tab.Expects("status of 422");
        await tab.Go("");
        // Of five numbers a row: rows of two would be where the other tests look first.
        await Choose(tab, "Choose data", "points.csv", "a,b,c,d,e,label\n0,1,2,3,4,0\n2,3,4,5,6,1\n4,5,6,7,9,1\n"u8.ToArray());
        await Assertions.Expect(Drop(tab, "Choose data").GetByRole(AriaRole.Status)).ToContainTextAsync("points.csv is added.");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("points.* 3 5 2") })).ToBeVisibleAsync();
        await Choose(tab, "Choose data", "broken.csv", "x,y\n1\n\"\n"u8.ToArray());
        await Assertions.Expect(Drop(tab, "Choose data").GetByRole(AriaRole.Status)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("bad"));
    });

    private static ILocator Drop(StudioTab tab, string label) => tab.Page.GetByRole(AriaRole.Group, new() { Name = label });

    private static async Task Choose(StudioTab tab, string label, string name, byte[] bytes)
    {
        ILocator button = tab.Page.GetByRole(AriaRole.Button, new() { Name = label });
        IFileChooser chooser = await tab.Page.RunAndWaitForFileChooserAsync(() => button.ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });
    }

    private static byte[] Small() => new OnnxWriter().Input("x", -1, 2).Random("a", 2, 12).Random("b", 12).Node("Gemm", "x a b", "c").Node("Relu", "c", "d")
        .Random("e", 12, 2).Random("f", 2).Node("Gemm", "d e f", "y").Output("y").Bytes();
}
