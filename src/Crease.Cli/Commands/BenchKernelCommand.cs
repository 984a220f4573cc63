using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench kernel</c>: the tangent kernel of 1,000 x 1,000 inputs, against its matrix products at the rate of the machine.</summary>
internal static class BenchKernelCommand
{
    private const double MostDifference = 1e-9;

    public static Command Create(Shell shell)
    {
        var data = new Option<string?>("--data") { Description = "Data set of 784 numbers per row (default: uniform numbers in [0, 1]); its first rows are left, its last ones right.", HelpName = "DATA" };
        var repeats = RepeatWords.Option("Counted runs; the fastest is shown.", 5);
        var command = new Command("kernel", "Empirical tangent kernel of 1,000 x 1,000 inputs of a 784-200-200-200-200-10 network, against its matrix products.") { data, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            RunContext run = shell.Run(common) with { Progress = null };
            double[][]? inputs = words.GetValue(data) is string source ? Rows(source) : null;
            KernelTiming[] timings = [KernelBenchmark.Run(inputs, true, counted, run), KernelBenchmark.Run(inputs, false, counted, run)];
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timings, common));
            else
                Print(shell.Output, timings, common);
            return timings.All(timing => timing.Difference <= MostDifference) ? 0 : 1;
        });
        return command;
    }

    private static double[][] Rows(string source)
    {
        DataSet set = DataSource.Load(source);
        return set.Inputs[0].Length == KernelBenchmark.Inputs && set.Inputs.Length >= 40 ? set.Inputs
            : throw new ModelException(set.Name, $"has {set.Inputs.Length} rows of {set.Inputs[0].Length} numbers; the benchmark takes at least 40 rows of {KernelBenchmark.Inputs}");
    }

    private static void Print(TextWriter output, KernelTiming[] timings, CommonWords common)
    {
        output.WriteLine($"784-200-200-200-200-10, mean over 10 outputs, {common.Threads} threads");
        output.WriteLine($"{"case",-12} {"seconds",9} {"cpu s",9} {"products GFLOP",15} {"rate GFLOP/s",13} {"bound s",9} {"x bound",8} {"x inner",8} {"by derivatives",14} {"difference",11}");
        foreach (KernelTiming timing in timings)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(timing == timings[0] ? "symmetric" : "two sets"),-12} {timing.Seconds,9:F4} {timing.ProcessorSeconds,9:F4} {timing.Flops / 1e9,15:F2} {timing.Rate / 1e9,13:F1} {timing.BoundSeconds,9:F4} {timing.Ratio,8:F2} {timing.GramRatio,8:F2} {timing.ContractionSeconds,14:F1} {timing.Difference,11:E1}"));
    }

    private static void Write(Stream stream, KernelTiming[] timings, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteStartArray("cases");
        foreach (KernelTiming timing in timings)
        {
            json.WriteStartObject();
            json.WriteString("name", timing == timings[0] ? "symmetric" : "two sets");
            json.WriteNumber("rows", timing.Rows);
            json.WriteNumber("columns", timing.Columns);
            JsonDocumentWriter.Number(json, "seconds", timing.Seconds);
            JsonDocumentWriter.Number(json, "processorSeconds", timing.ProcessorSeconds);
            JsonDocumentWriter.Number(json, "flops", timing.Flops);
            JsonDocumentWriter.Number(json, "flopsPerProcessorSecond", timing.Rate);
            JsonDocumentWriter.Number(json, "boundProcessorSeconds", timing.BoundSeconds);
            JsonDocumentWriter.Number(json, "ratio", timing.Ratio);
            JsonDocumentWriter.Number(json, "innerProductRatio", timing.GramRatio);
            JsonDocumentWriter.Number(json, "contractionSeconds", timing.ContractionSeconds);
            JsonDocumentWriter.Number(json, "difference", timing.Difference);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, timings.Sum(timing => timing.Seconds), ["jacot2018ntk", "novak2022fast"]);
}
