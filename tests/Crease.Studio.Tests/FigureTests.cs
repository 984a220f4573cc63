using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Xml.Linq;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Views;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Figures and tables of what is seen are those of the library.</summary>
public sealed class FigureTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static readonly Slice Moons = Slice.Box(-2, 3, -1.5, 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_of_regions_is_that_of_the_library()
    {
        byte[] sent = await Made(Query("csv"), "moons-regions.csv");
        using var stream = new MemoryStream();
        RegionTable.Write(stream, RegionTableFormat.Csv, new PlanarPartitioner(Model.Load("example:moons")), Moons, null, new CutOptions { MaxRegions = 200_000, TimeLimit = TimeSpan.FromMinutes(1) });
        Assert.Equal(stream.ToArray(), sent);
        Assert.Equal("PAR1", Encoding.ASCII.GetString(await Made(Query("parquet"), "moons-regions.parquet"), 0, 4));
    }

    [Theory]
    [InlineData("svg", "slope")]
    [InlineData("svg", "class")]
    [InlineData("png", "depth")]
    [InlineData("pdf", "area")]
    [InlineData("html", "random")]
    public async Task A_figure_is_the_same_bytes_each_time(string format, string color)
    {
        byte[] first = await Made(Query(format, color), $"moons-{color}.{format}");
        Assert.Equal(first, await Made(Query(format, color), $"moons-{color}.{format}"));
        Assert.True(first.Length > 1000);
    }

    [Fact]
    public async Task A_view_is_drawn_in_the_coordinates_of_its_slice_and_deep_in_from_its_center()
    {
        string near = Encoding.UTF8.GetString(await Made(Query("svg", viewport: new { x = 1.25, y = 0.5, width = 0.5, height = 0.25 }), "moons-slope.svg"));
        Assert.Contains(">1.2<", near, StringComparison.Ordinal);
        string deep = Encoding.UTF8.GetString(await Made(Query("svg", viewport: new { x = 1.25, y = 0.5, width = 1e-9, height = 1e-9 }), "moons-slope.svg"));
        Assert.Contains("around (1.25, 0.5)", deep, StringComparison.Ordinal);
        Assert.NotNull(XDocument.Parse(deep).Root);
    }

    [Fact]
    public async Task Colors_span_the_range_that_is_asked_for()
    {
        var query = new { network = "example:moons", slice = new { kind = "box", box = (double[])[-2, 3, -1.5, 2] }, format = "svg", range = (double[])[0, 40] };
        string svg = Encoding.UTF8.GetString(await Made(query, "moons-slope.svg"));
        Assert.Contains(">40<", svg, StringComparison.Ordinal);
        using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("api/figures", new { network = "example:moons", slice = new { kind = "default" }, range = (double[])[2, 1] }, Token);
        await RunningStudio.Error(answer, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("bmp", "slope", 100)]
    [InlineData("svg", "blue", 100)]
    [InlineData("svg", "slope", 0)]
    public async Task Wrong_words_are_refused(string format, string color, int maxRegions)
    {
        using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("api/figures", new { network = "example:moons", slice = new { kind = "default" }, format, color, maxRegions }, Token);
        await RunningStudio.Error(answer, HttpStatusCode.BadRequest);
    }

    private static object Query(string format, string color = "slope", object? viewport = null) => new { network = "example:moons", slice = new { kind = "box", box = (double[])[-2, 3, -1.5, 2] }, format, color, viewport };

    private async Task<byte[]> Made(object query, string name)
    {
        using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("api/figures", query, Token);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(300, bytes.Length))));
        Assert.Equal(name, answer.Content.Headers.ContentDisposition!.FileNameStar ?? answer.Content.Headers.ContentDisposition.FileName!.Trim('"'));
        return bytes;
    }
}
