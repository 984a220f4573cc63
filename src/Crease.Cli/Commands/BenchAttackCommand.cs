using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench attack</c>: PGD on 1,000 inputs, against the same attack row by row, and its steps against passes of libtorch, in the same run.</summary>
internal static class BenchAttackCommand
{
    // The sign of a derivative within rounding of zero may differ; more is a fault.
    private const double MostDifference = 1e-3;

    // Pairs of blocks per repeat.
    private const int Blocks = 3;

    public static Command Create(Shell shell)
    {
        var repeats = RepeatWords.Option("Counted runs; the fastest is shown.", 3);
        var command = new Command("attack", "PGD of 40 steps on 1,000 inputs of a 784-200-200-200-10 network, against the same row by row; and its steps against bare passes of libtorch.") { repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            AttackTiming timing = AttackBenchmark.Run(counted, shell.Run(common) with { Progress = null });
            AttackRate[] rates = AttackRates.Missing is not null ? [] : [.. AttackRates.Names.Select(name => AttackRates.Time(name, Blocks * counted, shell.Run(common)))];
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timing, rates, common));
            else
                Print(shell.Output, timing, rates, common);
            return timing.Difference <= MostDifference && rates.SelectMany(Both).All(each => each.Rate.Ratio >= AttackRate.Least && each.Rate.Difference <= MostDifference) ? 0 : 1;
        });
        return command;
    }

    private static (string Word, PrecisionRate Rate)[] Both(AttackRate rate) => [(PrecisionNames.Of(Precision.Bits64), rate.Rate64), (PrecisionNames.Of(Precision.Bits32), rate.Rate32)];

    private static void Print(TextWriter output, AttackTiming timing, AttackRate[] rates, CommonWords common)
    {
        Line("case", $"784-200-200-200-10, {timing.Rows:N0} inputs, PGD of 40 steps, {common.Threads} threads");
        Line("seconds", $"{timing.Seconds:F4}, {timing.Gradients / timing.Seconds:N0} gradients/s");
        Line("rate", $"{timing.Rate / 1e9:F1} GFLOP/s of forward passes and pulls");
        Line("row by row", $"{timing.SlowRate / 1e9:F2} GFLOP/s, layer by layer");
        Line("ratio", $"{timing.Ratio:F1}");
        Line("difference", $"{timing.Difference:E1} epsilon between the points of both ways");
        if (AttackRates.Missing is string missing)
            Line("libtorch", $"not compared: {missing}");
        foreach (AttackRate rate in rates)
        {
            Line(rate.Name, $"batch {rate.Batch}, one thread, PGD of 40 steps; ratios to bare passes of libtorch in the same precision are at least {AttackRate.Least}");
            foreach ((string word, PrecisionRate each) in Both(rate))
                Line("", $"{word} {each.StepsPerSecond:N0} attack steps/s, {each.Ratio:F2} of libtorch's {each.TheirPassesPerSecond:N0}; gradients differ by {each.Difference:E1}");
        }

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(Stream stream, AttackTiming timing, AttackRate[] rates, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteNumber("rows", timing.Rows);
        json.WriteNumber("gradients", timing.Gradients);
        JsonDocumentWriter.Number(json, "flopsPerSecond", timing.Rate);
        JsonDocumentWriter.Number(json, "rowByRowFlopsPerSecond", timing.SlowRate);
        JsonDocumentWriter.Number(json, "ratio", timing.Ratio);
        JsonDocumentWriter.Number(json, "difference", timing.Difference);
        json.WriteStartArray("againstLibtorch");
        foreach (AttackRate rate in rates)
        {
            json.WriteStartObject();
            json.WriteString("network", rate.Name);
            json.WriteNumber("batch", rate.Batch);
            foreach ((string word, PrecisionRate each) in Both(rate))
            {
                json.WriteStartObject(word);
                JsonDocumentWriter.Number(json, "stepsPerSecond", each.StepsPerSecond);
                JsonDocumentWriter.Number(json, "libtorchPassesPerSecond", each.TheirPassesPerSecond);
                JsonDocumentWriter.Number(json, "ratio", each.Ratio);
                JsonDocumentWriter.Number(json, "difference", each.Difference);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "sampled", common.Seed, timing.Seconds, []);
}
