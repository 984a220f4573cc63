using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench complexity</c>: local complexity of 1,000 samples, against forward passes one by one in the same run.</summary>
internal static class BenchComplexityCommand
{
    private const int Inputs = 784;

    public static Command Create(Shell shell)
    {
        var data = new Option<string?>("--data") { Description = "Data set of 784 numbers per row (default: uniform numbers in [0, 1]); its first 1,000 rows are used.", HelpName = "DATA" };
        var repeats = RepeatWords.Option("Counted runs; the fastest is shown.", 5);
        var command = new Command("complexity", "Local complexity of 1,000 samples of a 784-200-200-200-10 network, against forward passes one by one.") { data, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            RunContext run = shell.Run(common) with { Progress = null };
            ComplexityTiming timing = ComplexityBenchmark.Run(words.GetValue(data) is string source ? Rows(source) : null, counted, run);
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timing, common));
            else
                Print(shell.Output, timing, common);
            return timing.Count == timing.NaiveCount ? 0 : 1;
        });
        return command;
    }

    private static double[][] Rows(string source)
    {
        DataSet set = DataSource.Load(source);
        return set.Inputs[0].Length == Inputs ? [.. set.Inputs.Take(ComplexityBenchmark.Samples)]
            : throw new ModelException(set.Name, $"row 0 has {set.Inputs[0].Length} numbers; the benchmark takes {Inputs}");
    }

    private static void Print(TextWriter output, ComplexityTiming timing, CommonWords common)
    {
        Line("case", $"784-200-200-200-10, {timing.Samples:N0} samples, 50 vertices each, {common.Threads} threads");
        Line("local complexity", $"{timing.Total.Mean:F2} ± {timing.Total.StandardError:F2} (standard error over samples)");
        Line("seconds", $"{timing.Seconds:F4}");
        Line("one by one", $"{timing.NaiveSeconds:F4} s for the same vertices as single forward passes");
        Line("ratio", $"{timing.Ratio:F1}");
        Line("equivalent rate", $"{timing.Flops / timing.Seconds / 1e9:F0} GFLOP/s, counted as full forward passes");
        Line("sign changes", $"{timing.Count:N0} and {timing.NaiveCount:N0} one by one ({(timing.Count == timing.NaiveCount ? "equal" : "DIFFERENT")})");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(Stream stream, ComplexityTiming timing, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteNumber("samples", timing.Samples);
        JsonDocumentWriter.Number(json, "localComplexity", timing.Total.Mean);
        JsonDocumentWriter.Number(json, "standardError", timing.Total.StandardError);
        JsonDocumentWriter.Number(json, "oneByOneSeconds", timing.NaiveSeconds);
        JsonDocumentWriter.Number(json, "ratio", timing.Ratio);
        json.WriteNumber("signChanges", timing.Count);
        json.WriteNumber("oneByOneSignChanges", timing.NaiveCount);
    }, "complete", "sampled", common.Seed, timing.Seconds, ["humayun2024grok"]);
}
