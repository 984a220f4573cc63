using System.Net;
using System.Text;
using System.Text.Json;
using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Networks and data: bundled ones, uploads, and what is none.</summary>
public sealed class CatalogTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. (string[])["../x.onnx", "..%2Fx.onnx", "/etc/x.onnx", "C:\\x.onnx", "a/b.onnx", "a\\b.onnx", ".onnx", "..", "", "con.onnx", "NUL.onnx", "lpt1.x.onnx", "x.onnx.", "x\0.onnx", "x\n.onnx", "\u202Exnno.onnx", "~x.onnx", "x:y.onnx", "x#train.onnx", "-x.onnx", "\ud83d\ude00.onnx", new string('a', 130) + ".onnx", new string('\u00e9', 70) + ".onnx"]];

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public async Task Tricks_with_names_write_nothing(string name)
    {
        string[] before = Everything();
        foreach (string resource in (string[])["networks", "data"])
        {
            using HttpResponseMessage answer = await studio.Upload($"api/{resource}?name={Uri.EscapeDataString(name)}", HostileModels.Valid());
            await RunningStudio.Error(answer, HttpStatusCode.BadRequest);
        }
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData("example:nothing")]
    [InlineData("upload:..%2F..%2Fx")]
    [InlineData("upload:%2Fetc%2Fpasswd")]
    [InlineData("run:..%2Fuploads")]
    [InlineData("run:x@1")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("x")]
    public async Task Ids_that_name_nothing_are_not_there(string id)
    {
        foreach (string path in (string[])["networks/", "data/", "runs/"])
        {
            using HttpResponseMessage answer = await studio.Client.GetAsync($"api/{path}{id}", Token);
            await RunningStudio.Error(answer, HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Hostile_models_are_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        int refused = 0;
        foreach ((string name, (Func<string, string> write, _)) in HostileModels.All.Where(model => !model.Key.StartsWith("external", StringComparison.Ordinal)))
        {
            string place = Directory.CreateDirectory(folder.At(refused++.ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName, file = write(place);
            if (!File.Exists(file))
                continue;
            using HttpResponseMessage answer = await studio.Upload($"api/networks?name={Path.GetFileName(file)}", await File.ReadAllBytesAsync(file, Token));
            string error = await RunningStudio.Error(answer, HttpStatusCode.UnprocessableEntity);
            Assert.False(error.Contains(studio.Workspace, StringComparison.Ordinal), $"{name}: {error}");
        }
        Assert.True(refused > 100);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(studio.Workspace, "incoming")));
        Assert.DoesNotContain(Everything(), file => file.Contains("hostile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upload_is_a_network_like_any_other_until_it_is_removed()
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=gr\u00f6\u00dfe-1.onnx", HostileModels.Valid()))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using (HttpResponseMessage again = await studio.Upload("api/networks?name=GR\u00d6\u00dfE-1.onnx", HostileModels.Valid()))
            await RunningStudio.Error(again, HttpStatusCode.Conflict);
        const string Id = "upload:gr\u00f6\u00dfe-1.onnx";
        JsonElement listed = Assert.Single((await studio.Get("api/networks")).EnumerateArray(), network => network.GetProperty("id").GetString() == Id);
        Assert.Equal(36, listed.GetProperty("inputs").GetInt32());
        JsonElement sent = await studio.Get($"api/networks/{Uri.EscapeDataString(Id)}");
        Network network = Model.Read(HostileModels.Valid(), "valid");
        Assert.Equal(network.Nodes.Select(node => node.Layer.Kind), sent.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("kind").GetString()));
        Assert.Equal(network.Parameters, sent.GetProperty("parameters").GetInt64());
        using HttpResponseMessage removed = await studio.Client.DeleteAsync($"api/networks/{Uri.EscapeDataString(Id)}", Token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using HttpResponseMessage gone = await studio.Client.GetAsync($"api/networks/{Uri.EscapeDataString(Id)}", Token);
        await RunningStudio.Error(gone, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Examples_cannot_be_removed()
    {
        using HttpResponseMessage answer = await studio.Client.DeleteAsync("api/networks/example:moons", Token);
        await RunningStudio.Error(answer, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Uploaded_data_are_read_like_a_file()
    {
        using (HttpResponseMessage answer = await studio.Upload("api/data?name=points.csv", Encoding.UTF8.GetBytes("x,y,label\n0,1,0\n2,3,1\n4,5,1\n")))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        JsonElement rows = (await studio.Get("api/data/upload:points.csv/rows?from=1&count=5")).GetProperty("rows");
        Assert.Equal(2, rows.GetArrayLength());
        Assert.Equal([2.0, 3.0], rows[0].GetProperty("values").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(1, rows[0].GetProperty("label").GetInt32());
        using (HttpResponseMessage bad = await studio.Upload("api/data?name=bad.csv", Encoding.UTF8.GetBytes("x,y\n1,cat\n")))
            await RunningStudio.Error(bad, HttpStatusCode.UnprocessableEntity);
        using HttpResponseMessage noImage = await studio.Client.GetAsync("api/data/upload:points.csv/images/0.png", Token);
        await RunningStudio.Error(noImage, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bundled_data_are_listed_with_their_numbers()
    {
        JsonElement[] sets = [.. (await studio.Get("api/data")).EnumerateArray()];
        Assert.Subset(sets.Select(set => set.GetProperty("id").GetString()!).ToHashSet(), Examples.DataNames.Select(name => "example:" + name).ToHashSet());
        DataSet digits = DataSource.Load("example:digits");
        JsonElement sent = sets.Single(set => set.GetProperty("id").GetString() == "example:digits");
        Assert.Equal(digits.Inputs.Length, sent.GetProperty("samples").GetInt32());
        Assert.True(sent.GetProperty("isImage").GetBoolean());
        using HttpResponseMessage image = await studio.Client.GetAsync("api/data/example:digits/images/3.png?scale=4", Token);
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        byte[] png = await image.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(32, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(studio.Workspace)!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
