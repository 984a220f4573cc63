using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>What <c>crease kernel</c> says, saves and refuses.</summary>
public sealed class KernelCommandTests : IDisposable
{
    private static readonly string[] Digits = ["kernel", "example:digits", "--data", "example:digits", "--samples", "60"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_document_has_every_part_and_no_number_is_missing()
    {
        JsonElement root = Json([.. Digits, "--test", "example:digits", "--test-samples", "30", "--per-output", "--check", "5", "--ridge", "0.1"]);
        Documents.CheckCommon(root);
        JsonElement spectrum = root.GetProperty("spectrum");
        double[] values = [.. spectrum.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(60, values.Length);
        Assert.Equal(values.Sum(), spectrum.GetProperty("trace").GetDouble(), 1e-6 * values[0]);
        Assert.Equal(values[0], spectrum.GetProperty("largest").GetDouble());
        Assert.Equal(spectrum.GetProperty("trace").GetDouble(), root.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("trace").GetDouble()), 1e-6 * values[0]);
        Assert.InRange(root.GetProperty("contractionDifference").GetDouble(), 0, 1e-10);
        Assert.InRange(root.GetProperty("centeredAlignment").GetDouble(), 0.1, 1);
        JsonElement training = root.GetProperty("training");
        JsonElement[] moments = [.. training.GetProperty("moments").EnumerateArray()];
        double[] losses = [.. moments.Select(moment => moment.GetProperty("loss").GetDouble())];
        Assert.Equal(0.45, losses[0], 1e-9);
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.Equal(0, losses[^1], 1e-9);
        Assert.Equal(JsonValueKind.Null, moments[^1].GetProperty("time").ValueKind);
        Assert.InRange(moments[^1].GetProperty("testAccuracy").GetDouble(), 0.99, 1);
        Assert.Equal(JsonValueKind.Object, training.GetProperty("ridge").ValueKind);
        Assert.Equal(10, root.GetProperty("perOutput").GetArrayLength());
        Assert.Equal("complete", root.GetProperty("status").GetString());
    }

    [Fact]
    public void Threads_do_not_change_a_byte_and_all_endings_are_saved()
    {
        foreach (string threads in new[] { "1", "3" })
            Assert.Equal(0, Call.Of([.. Digits, "--threads", threads, "--quiet", "-o", _folder[threads + ".npz"], "-o", _folder[threads + ".csv"], "-o", _folder[threads + ".svg"]]).Status);
        foreach (string ending in new[] { ".npz", ".csv", ".svg" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["3" + ending]));
        Assert.Equal(61, File.ReadAllLines(_folder["1.csv"]).Length);
        Assert.Contains("Spectrum", File.ReadAllText(_folder["1.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dense_network_is_compared_with_its_infinite_width()
    {
        JsonElement infinite = Json("kernel", "example:moons", "--data", "example:moons", "--samples", "40", "--infinite").GetProperty("infinite");
        Assert.Equal("2 hidden layers, relu", infinite.GetProperty("architecture").GetString());
        Assert.InRange(infinite.GetProperty("distance").GetDouble(), 0, 1);
        Assert.Contains("no closed form", Json([.. Digits, "--infinite"]).GetProperty("infinite").GetProperty("architecture").GetString());
    }

    [Fact]
    public void A_folder_of_models_gives_the_drift_of_the_kernel()
    {
        byte[] network = TinyOnnx.Chain("Relu");
        File.WriteAllBytes(_folder["step-1.onnx"], network);
        File.WriteAllBytes(_folder["step-7.onnx"], network);
        JsonElement root = Json("kernel", _folder.Path, "--data", "example:moons", "--samples", "20", "--drift");
        JsonElement[] drift = [.. root.GetProperty("drift").EnumerateArray()];
        Assert.Equal([1, 7], drift.Select(row => row.GetProperty("step").GetInt32()));
        Assert.Equal([0, 0], drift.Select(row => row.GetProperty("drift").GetDouble()));
        Assert.Equal(0, drift[1].GetProperty("velocity").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, drift[0].GetProperty("velocity").ValueKind);
    }

    [Fact]
    public void Repeated_rows_and_huge_inputs_end_in_a_status_with_advice()
    {
        File.WriteAllText(_folder["same.csv"], "x,y\n0.1,0.2\n0.1,0.2\n0.5,-0.3\n");
        Call same = Call.Of("kernel", "example:moons", "--data", _folder["same.csv"], "--json");
        Assert.Equal(0, same.Status);
        JsonElement found = JsonDocument.Parse(same.Output).RootElement;
        Assert.Equal("rankDeficient", found.GetProperty("status").GetString());
        Assert.Contains("ridge", found.GetProperty("advice").GetString());
        Assert.Equal(2, found.GetProperty("spectrum").GetProperty("rank").GetInt32());
        File.WriteAllText(_folder["huge.csv"], "x,y\n1e300,2e300\n-1e300,1e300\n");
        Call huge = Call.Of("kernel", "example:moons", "--data", _folder["huge.csv"], "--json");
        Assert.Equal(1, huge.Status);
        found = JsonDocument.Parse(huge.Output).RootElement;
        Assert.Equal("notFinite", found.GetProperty("status").GetString());
        Assert.Contains("scale the inputs", found.GetProperty("advice").GetString());
        Assert.DoesNotContain("NaN", huge.Output + Call.Of("kernel", "example:moons", "--data", _folder["huge.csv"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example:moons", 2, "needs --data")]
    [InlineData("example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2")]
    [InlineData("example:moons --data nosuch.csv", 1, "nosuch.csv: no such file")]
    [InlineData("nosuch.onnx --data example:moons", 1, "nosuch.onnx: no such file")]
    [InlineData("example:moons --data example:moons --samples 1", 2, "--samples is 1; expected 2 to 10000")]
    [InlineData("example:moons --data example:moons --of 2", 2, "--of is 2; the network has outputs 0 to 1")]
    [InlineData("example:moons --data example:moons --start here", 2, "--start is 'here'; expected zero or network")]
    [InlineData("example:moons --data example:moons --ridge -1", 2, "--ridge is -1; expected at least 0")]
    [InlineData("example:moons --data example:moons --weight-variance 0", 2, "--weight-variance is 0; expected a positive number")]
    [InlineData("example:moons --data example:moons --bias-variance -2", 2, "--bias-variance is -2; expected at least 0")]
    [InlineData("example:moons --data example:moons --checkpoints 1", 2, "--checkpoints is 1; expected 2 to 1000")]
    [InlineData("example:moons --data example:moons --drift", 1, "no such folder")]
    [InlineData("example:moons --data example:moons -o x.html", 2, "accepted are .svg, .png, .pdf, .json, .csv, .npz")]
    public void Wrong_calls_are_one_line(string words, int status, string says) => Call.Of(["kernel", .. words.Split(' '), "--quiet"]).MustRefuse(status, says);

    private static JsonElement Json(params string[] words)
    {
        JsonElement found = Call.Of([.. words, "--json"]).Json();
        Assert.Equal("exact", found.GetProperty("exactness").GetString());
        return found;
    }

    public void Dispose() => _folder.Dispose();
}
