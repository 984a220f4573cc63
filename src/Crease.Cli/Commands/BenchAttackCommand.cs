using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench attack</c>: PGD on 1,000 inputs, against the same attack row by row in the same run.</summary>
internal static class BenchAttackCommand
{
    // The sign of a derivative within rounding of zero may differ; more is a fault.
    private const double MostDifference = 1e-3;

    public static Command Create(Shell shell)
    {
        var repeats = RepeatWords.Option("Counted runs; the fastest is shown.", 3);
        var command = new Command("attack", "PGD of 40 steps on 1,000 inputs of a 784-200-200-200-10 network, against the same row by row.") { repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            AttackTiming timing = AttackBenchmark.Run(counted, shell.Run(common) with { Progress = null });
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timing, common));
            else
                Print(shell.Output, timing, common);
            return timing.Difference <= MostDifference ? 0 : 1;
        });
        return command;
    }

    private static void Print(TextWriter output, AttackTiming timing, CommonWords common)
    {
        Line("case", $"784-200-200-200-10, {timing.Rows:N0} inputs, PGD of 40 steps, {common.Threads} threads");
        Line("seconds", $"{timing.Seconds:F4}, {timing.Gradients / timing.Seconds:N0} gradients/s");
        Line("rate", $"{timing.Rate / 1e9:F1} GFLOP/s of forward passes and pulls");
        Line("row by row", $"{timing.SlowRate / 1e9:F2} GFLOP/s, layer by layer");
        Line("ratio", $"{timing.Ratio:F1}");
        Line("difference", $"{timing.Difference:E1} epsilon between the points of both ways");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(Stream stream, AttackTiming timing, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteNumber("rows", timing.Rows);
        json.WriteNumber("gradients", timing.Gradients);
        JsonDocumentWriter.Number(json, "flopsPerSecond", timing.Rate);
        JsonDocumentWriter.Number(json, "rowByRowFlopsPerSecond", timing.SlowRate);
        JsonDocumentWriter.Number(json, "ratio", timing.Ratio);
        JsonDocumentWriter.Number(json, "difference", timing.Difference);
    }, "complete", "sampled", common.Seed, timing.Seconds, []);
}
