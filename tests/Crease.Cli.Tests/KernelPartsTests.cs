using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>The other kernels of <c>crease kernel</c>, and what it says about test rows and a linearized training.</summary>
public sealed class KernelPartsTests : IDisposable
{
    private static readonly string[] Moons = ["kernel", "example:moons", "--data", "example:moons"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_full_kernel_has_a_row_for_each_output_and_outputs_times_the_trace()
    {
        JsonElement mean = Call.Of([.. Moons, "--samples", "25", "--json"]).Json(), full = Call.Of([.. Moons, "--samples", "25", "--full", "--check", "4", "--test", "example:moons", "--influence", "2", "--until", "100", "--json"]).Json();
        Assert.Equal(50, full.GetProperty("spectrum").GetProperty("eigenvalues").GetArrayLength());
        Assert.Equal(2 * Trace(mean), Trace(full), 1e-9 * Trace(full));
        Assert.InRange(full.GetProperty("contractionDifference").GetDouble(), 0, 1e-10);
        double[] losses = [.. full.GetProperty("training").GetProperty("moments").EnumerateArray().Select(moment => moment.GetProperty("loss").GetDouble())];
        Assert.Equal(losses.OrderDescending(), losses);
        CheckSum(full.GetProperty("influence"));
    }

    [Fact]
    public void What_rows_add_to_a_prediction_and_its_start_sum_to_it()
    {
        foreach (string start in new[] { "zero", "network" })
        {
            JsonElement influence = Call.Of([.. Moons, "--samples", "40", "--test", "example:moons", "--influence", "7", "--until", "1000", "--start", start, "-o", _folder["rows.csv"], "-o", _folder["rows.svg"], "--json"]).Json().GetProperty("influence");
            CheckSum(influence);
            Assert.Equal(7, influence.GetProperty("testRow").GetInt32());
            Assert.Equal(41, File.ReadAllLines(_folder["rows.csv"]).Length);
            Assert.Contains("Test row 7", File.ReadAllText(_folder["rows.svg"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_ensemble_starts_with_its_prior_and_agrees_where_it_was_trained()
    {
        // Nine rows far from each other, so that the kernel has full rank and training rows are met.
        File.WriteAllLines(_folder["grid.csv"], ["x,y,label", .. Enumerable.Range(0, 9).Select(i => FormattableString.Invariant($"{i % 3 - 1.1},{i / 3 - 0.9},{i % 2}"))]);
        JsonElement ensemble = Call.Of("kernel", "example:moons", "--data", _folder["grid.csv"], "--test", _folder["grid.csv"], "--ensemble", "--bias-variance", "0.1", "-o", _folder["spread.svg"], "--json").Json().GetProperty("ensemble");
        JsonElement[] moments = [.. ensemble.GetProperty("moments").EnumerateArray()];
        Assert.InRange(moments[0].GetProperty("meanDeviation").GetDouble(), 0.1, 100);
        double[] means = [.. moments.Select(moment => moment.GetProperty("meanDeviation").GetDouble())];
        Assert.Equal(means.OrderDescending(), means);
        Assert.All(ensemble.GetProperty("deviations").EnumerateArray(), deviation => Assert.InRange(deviation.GetDouble(), 0, 1e-5));
        Assert.Contains("Ensemble", File.ReadAllText(_folder["spread.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_of_the_outputs_has_no_higher_rank_than_there_are_outputs()
    {
        JsonElement root = Call.Of([.. Moons, "--samples", "30", "--nngp", "--infinite", "--json"]).Json();
        Assert.Equal("outputs", root.GetProperty("kind").GetString());
        Assert.Equal(2, root.GetProperty("spectrum").GetProperty("rank").GetInt32());
        Assert.Equal(30, root.GetProperty("infinite").GetProperty("spectrum").GetProperty("rank").GetInt32());
        Assert.Empty(root.GetProperty("layers").EnumerateArray());
    }

    [Fact]
    public void A_training_is_compared_with_its_first_network_linearized()
    {
        File.WriteAllBytes(_folder["step-0.onnx"], TinyOnnx.Chain("Relu"));
        File.WriteAllBytes(_folder["step-1.onnx"], TinyOnnx.Chain("Relu"));
        JsonElement[] rows = [.. Call.Of("kernel", _folder.Path, "--data", "example:moons", "--samples", "20", "--drift", "--linearized", "--json").Json().GetProperty("drift").EnumerateArray()];
        Assert.All(rows, row => Assert.Equal(JsonValueKind.Null, row.GetProperty("linearization").ValueKind));
        string run = _folder["run"];
        Assert.Equal(0, Call.Of("train", "--data", "example:moons", "--net", "2-8-2", "--steps", "20", "--checkpoints", "every:10", "-o", run, "--quiet").Status);
        double?[] off = [.. Call.Of("kernel", run, "--data", "example:moons", "--samples", "20", "--drift", "--linearized", "-o", _folder["drift.csv"], "-o", _folder["drift.svg"], "--json").Json().GetProperty("drift").EnumerateArray()
            .Select(row => row.GetProperty("linearization") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : (double?)null)];
        Assert.Null(off[0]);
        Assert.All(off[1..], value => Assert.InRange(value!.Value, 1e-9, 1));
        Assert.Contains("linearization", File.ReadAllLines(_folder["drift.csv"])[0], StringComparison.Ordinal);
        Assert.Contains("off linearized", File.ReadAllText(_folder["drift.svg"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--full --of 1", 2, "--full and --of ask for different kernels; give one")]
    [InlineData("--full --nngp", 2, "--full and --nngp ask for different kernels; give one")]
    [InlineData("--influence 3", 2, "--influence is about rows of --test; add --test DATA")]
    [InlineData("--ensemble", 2, "--ensemble is about rows of --test; add --test DATA")]
    [InlineData("--ensemble --nngp --test example:moons", 2, "leave out --nngp")]
    [InlineData("--influence 500 --test example:moons --test-samples 20", 2, "--influence is 500; there are test rows 0 to 19")]
    [InlineData("--until 0 --influence 1 --test example:moons", 2, "--until is 0; expected a time above 0, with --influence")]
    [InlineData("--check 5 --nngp", 2, "leave out --nngp")]
    [InlineData("--linearized", 2, "--linearized follows a training; add --drift")]
    public void Wrong_calls_are_one_line(string words, int status, string says) =>
        Call.Of([.. Moons, .. words.Split(' '), "--quiet"]).MustRefuse(status, says);

    private static double Trace(JsonElement root) => root.GetProperty("spectrum").GetProperty("trace").GetDouble();

    private static void CheckSum(JsonElement influence)
    {
        int predicted = influence.GetProperty("predicted").GetInt32();
        double sum = influence.GetProperty("start")[predicted].GetDouble() + influence.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("adds").GetDouble());
        Assert.Equal(influence.GetProperty("outputs")[predicted].GetDouble(), sum, 1e-6);
    }

    public void Dispose() => _folder.Dispose();
}
