using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench dimension</c>: TwoNN of a data set, against the products of all pairs of points in the same run.</summary>
internal static class BenchDimensionCommand
{
    private const int UsualPoints = 10_000, UsualColumns = 784;

    public static Command Create(Shell shell)
    {
        var data = new Option<string?>("--data") { Description = FormattableString.Invariant($"Data set (default: {UsualPoints} uniform points of {UsualColumns} numbers)."), HelpName = "DATA" };
        var repeats = RepeatWords.Option("Counted runs; the fastest is shown.", 3);
        var command = new Command("dimension", "TwoNN from rows to interval, against a scan of all pairs of points and against the peak of the matrix product.") { data, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            RunContext run = shell.Run(common) with { Progress = null };
            double[][] rows = words.GetValue(data) is string source ? DataSource.Load(source).Inputs : UniformPoints.Of(UsualPoints, UsualColumns, 0, 1, run.Seed);
            NeighborTiming timing = NeighborBenchmark.Run(rows, counted, run);
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timing, common));
            else
                Print(shell.Output, timing, common);
            return 0;
        });
        return command;
    }

    private static void Print(TextWriter output, NeighborTiming timing, CommonWords common)
    {
        Line("case", $"{timing.Points:N0} points, {timing.Columns} columns that differ, {common.Threads} threads");
        Line("twonn", $"{timing.Estimate.Value:F4}");
        Line("seconds", $"{timing.Seconds:F2} ({timing.ProcessorSeconds:F2} of processors)");
        Line("plain scan", $"{timing.ScanSeconds:F2} s ({timing.ScanProcessorSeconds:F2} of processors), each pair of points once");
        Line("peak", $"{timing.PeakRate / 1e9:F0} GFLOP/s a processor; the products take {timing.Flops / timing.PeakRate:F2} processor seconds at it");
        Line("ratio to peak", $"{timing.PeakRatio:F2}");
        Line("ratio to scan", $"{timing.ScanRatio:F2}");
        Line("peak memory", $"{timing.PeakBytes / 1048576.0:F0} MiB, the data included");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(Stream stream, NeighborTiming timing, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteNumber("points", timing.Points);
        json.WriteNumber("columns", timing.Columns);
        JsonDocumentWriter.Number(json, "twonn", timing.Estimate.Value);
        JsonDocumentWriter.Number(json, "processorSeconds", timing.ProcessorSeconds);
        JsonDocumentWriter.Number(json, "scanSeconds", timing.ScanSeconds);
        JsonDocumentWriter.Number(json, "scanProcessorSeconds", timing.ScanProcessorSeconds);
        JsonDocumentWriter.Number(json, "peakFlopsPerProcessorSecond", timing.PeakRate);
        JsonDocumentWriter.Number(json, "ratioToPeak", timing.PeakRatio);
        JsonDocumentWriter.Number(json, "ratioToScan", timing.ScanRatio);
        json.WriteNumber("peakBytes", timing.PeakBytes);
    }, "complete", "sampled", common.Seed, timing.Seconds, ["facco2017twonn"]);
}
