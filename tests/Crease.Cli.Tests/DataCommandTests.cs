using System.Net;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease data</c>: list, show, fetch; and data sources in the other verbs.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Listed_sets_can_be_shown()
    {
        JsonElement document = Call.Of("data", "list", "--json").Json();
        Documents.CheckCommon(document);
        string[] names = [.. document.GetProperty("bundled").EnumerateArray().Concat(document.GetProperty("synthetic").EnumerateArray()).Select(entry => entry.GetProperty("data").GetString()!)];
        Assert.Equal(Examples.DataNames.Count + SyntheticSource.Names.Count, names.Length);
        foreach (string name in names)
            Documents.CheckCommon(Call.Of("data", "show", name, "--json").Json());
        Assert.Equal(DataDownload.Names, document.GetProperty("fetchable").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        string table = Call.Of("data", "list").Output;
        Assert.All(names, name => Assert.Contains(name, table, StringComparison.Ordinal));
    }

    [Fact]
    public void Show_counts_what_is_there()
    {
        JsonElement document = Call.Of("data", "show", "example:optdigits#train", "--json").Json();
        Assert.Equal((3823, "[1,8,8]", 10), (document.GetProperty("rows").GetInt32(), JsonSerializer.Serialize(document.GetProperty("shape")), document.GetProperty("classCount").GetInt32()));
        Assert.Equal(3823, document.GetProperty("classes").EnumerateArray().Sum(entry => entry.GetProperty("rows").GetInt32()));
        Assert.Equal(["train", "test"], document.GetProperty("parts").EnumerateArray().Select(part => part.GetString()));
        Assert.False(document.GetProperty("range").GetProperty("isMeasured").GetBoolean());
        string table = Call.Of("data", "show", "synthetic:swiss-roll,samples=50").Output;
        foreach (string row in new[] { "rows               50", "shape              [3]", "(measured)", "targets            1 per row" })
            Assert.Contains(row, table, StringComparison.Ordinal);
        Assert.Equal(3, Call.Of("data", "show", "example:moons:4,0,7", "--json").Json().GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Shown_sets_are_saved_and_read_back()
    {
        string[] files = [_folder["a.svg"], _folder["a.png"], _folder["a.pdf"], _folder["a.json"], _folder["a.npz"], _folder["b.npz"]];
        Call made = Call.Of("data", "show", "example:digits", "-o", files[0], "-o", files[1], "-o", files[2], "-o", files[3], "-o", files[4]);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.All(files[..5], file => Assert.True(new FileInfo(file).Length > 500, file));
        DataSet saved = DataSource.Load(files[4]), original = DataSource.Load("example:digits");
        Assert.Equal(original.Inputs, saved.Inputs);
        Assert.Equal(original.Labels!, saved.Labels!);
        Assert.Equal(original.Shape, saved.Shape);
        Assert.Equal(0, Call.Of("data", "show", "synthetic:sinusoids", "-o", files[5]).Status);
        Assert.Equal(DataSource.Load("synthetic:sinusoids").Targets!, DataSource.Load(files[5]).Targets!);
    }

    [Fact]
    public void Sources_are_accepted_by_other_verbs()
    {
        Assert.Equal(0, Call.Of("partition", "example:moons", "--anchors", "synthetic:moons,seed=3:0,1,2", "--json").Status);
        Assert.Equal(0, Call.Of("explain", "example:digits", "--at", "example:optdigits#train:3822", "--json").Status);
        JsonElement first = Call.Of("explain", "example:digits", "--at", "example:digits:7", "--json").Json(), second = Call.Of("explain", "example:digits", "--at", "example:optdigits:7", "--json").Json();
        Assert.Equal(JsonSerializer.Serialize(first.GetProperty("output")), JsonSerializer.Serialize(second.GetProperty("output")));
    }

    [Theory]
    [InlineData("data", 2, "'crease data' needs a verb; accepted are list, show, fetch")]
    [InlineData("data show", 2, "'crease data show' needs DATA")]
    [InlineData("data show nosuch.csv", 1, "nosuch.csv: no such file")]
    [InlineData("data show nosuch", 1, "accepted are .csv, .npz, .npy, .bin")]
    [InlineData("data show example:nosuch", 1, "accepted are example:moons, example:circles, example:spirals, example:digits, example:optdigits")]
    [InlineData("data show example:moons:300", 1, "row 300 does not exist")]
    [InlineData("data show example:moons#test", 2, "has no parts")]
    [InlineData("data show synthetic:moon", 2, "is no synthetic set; accepted are synthetic:moons")]
    [InlineData("data show synthetic:moons,arms=2", 2, "accepted are samples=, seed=, test=, noise=")]
    [InlineData("data show synthetic:moons,noise=-1", 1, "'Noise' is -1; expected a finite number from 0.")]
    [InlineData("data show example:moons -o x.gif", 2, "accepted are .svg, .png, .pdf, .json, .npz")]
    [InlineData("data show example:moons --width 5", 2, "--width is 5")]
    [InlineData("data show synthetic:modular-addition,modulus=5 -o x.svg", 1, "has rows of shape [10]; drawn are images")]
    [InlineData("data fetch", 2, "'crease data fetch' needs NAME")]
    [InlineData("data fetch imagenet", 2, "accepted are mnist, fashion-mnist, cifar10, cifar100")]
    [InlineData("data fetch mnist --from ftp://x", 2, "--from is 'ftp://x'; expected an address that starts with http:// or https://")]
    [InlineData("data fetch mnist --from here", 2, "--from is 'here'")]
    public void Wrong_calls_end_in_one_line(string call, int status, string says)
    {
        string[] words = [.. call.Split(' ').Select(word => word.StartsWith("x.", StringComparison.Ordinal) ? _folder[word] : word)];
        Call made = Call.Of(words);
        Assert.Equal((status, ""), (made.Status, made.Output));
        Assert.Contains(says, Assert.Single(made.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_verifies_what_a_mirror_gives()
    {
        string? shared = Shared();
        if (shared is null)
            Assert.Skip("shared/data/mnist is not on this machine.");
        using var listener = new HttpListener();
        string address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        Task serving = Serve(listener, shared);
        string to = _folder["mnist"];
        JsonElement document = Call.Of("data", "fetch", "mnist", "--to", to, "--from", address, "--json", "--quiet").Json();
        Documents.CheckCommon(document);
        Assert.Equal(4, document.GetProperty("files").EnumerateArray().Count(file => file.GetProperty("isFetched").GetBoolean()));
        Assert.Equal(10_000, DataSource.Load(to).Inputs.Length);
        Assert.Equal(4, Call.Of("data", "fetch", "mnist", "--to", to, "--from", address).Output.Split('\n').Count(line => line.StartsWith("there already", StringComparison.Ordinal)));
        // Fashion-MNIST has files of the same names.
        Call wrong = Call.Of("data", "fetch", "fashion-mnist", "--to", _folder["fashion"], "--from", address, "--quiet");
        Assert.Equal((1, ""), (wrong.Status, wrong.Output));
        Assert.Contains("checksum mismatch: SHA-256", Assert.Single(wrong.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["fashion"]));
        listener.Stop();
        await serving;
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Serve(HttpListener listener, string folder)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(folder, Path.GetFileName(context.Request.Url!.AbsolutePath)));
                context.Response.ContentLength64 = bytes.Length;
                await context.Response.OutputStream.WriteAsync(bytes);
                context.Response.Close();
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Shared()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "mnist");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
