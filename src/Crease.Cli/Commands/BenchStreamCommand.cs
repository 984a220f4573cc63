using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench stream</c>: how many regions a second stream through how little memory.</summary>
internal static class BenchStreamCommand
{
    public static Command Create(Shell shell)
    {
        var regions = new Option<int>("--regions") { Description = "Regions to stream.", HelpName = "N", DefaultValueFactory = _ => StreamBenchmark.DefaultRegions };
        var table = new Option<string?>("--stream") { Description = "Write them to a table too; .parquet or .csv.", HelpName = "FILE" };
        var command = new Command("stream", "Regions per second and resident memory while a large random network is streamed.") { regions, table };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int asked = words.GetValue(regions) is >= 1 and int n ? n : throw new WordsException($"--regions is {words.GetValue(regions)}; expected at least 1");
            if (words.GetValue(table) is string path)
                ResultFile.CheckFor("--stream", path, ".parquet", ".csv");
            var options = new CutOptions { MaxRegions = asked };
            RunContext run = shell.Run(common, options);
            PartitionTotals totals = Stream(run, options, words.GetValue(table));
            using var process = Process.GetCurrentProcess();
            long peak = process.PeakWorkingSet64;
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, totals, peak, common));
            else
                Print(shell.Output, totals, peak);
            return End(shell, totals, peak, asked);
        });
        return command;
    }

    private static PartitionTotals Stream(RunContext run, CutOptions options, string? table)
    {
        var partitioner = new PlanarPartitioner(StreamBenchmark.Network(run.Seed));
        var statistics = new StreamedStatistics();
        return table is null
            ? partitioner.Stream(StreamBenchmark.Slice(), statistics.Add, run, options)
            : RegionTable.Save(table, partitioner, StreamBenchmark.Slice(), run, options, statistics.Add);
    }

    private static int End(Shell shell, PartitionTotals totals, long peak, int asked)
    {
        if (totals.Status == Status.Interrupted)
            return BudgetWords.End(shell, totals.Status, totals.Regions, CutOptions.Default);
        if (totals.Regions < asked)
            shell.Errors.WriteLine($"crease: the network has {totals.Regions} regions on its box; --regions is {asked}");
        if (peak > StreamBenchmark.MemoryLimit)
            shell.Errors.WriteLine($"crease: the process took {peak >> 20} MiB; the limit is {StreamBenchmark.MemoryLimit >> 20} MiB");
        return totals.Regions < asked || peak > StreamBenchmark.MemoryLimit ? 1 : 0;
    }

    private static void Print(TextWriter output, PartitionTotals totals, long peak)
    {
        Line("regions", $"{totals.Regions:N0}  ({100 * totals.Area / totals.DomainArea:F2} % of the area)");
        Line("seconds", $"{totals.Cost.Seconds:F2}");
        Line("regions/s", $"{totals.Regions / totals.Cost.Seconds:N0}");
        Line("peak memory", $"{peak >> 20:N0} MiB resident, limit {StreamBenchmark.MemoryLimit >> 20:N0} MiB");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(Stream stream, PartitionTotals totals, long peak, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("regions", totals.Regions);
        JsonDocumentWriter.Number(json, "area", totals.Area);
        JsonDocumentWriter.Number(json, "domainArea", totals.DomainArea);
        JsonDocumentWriter.Number(json, "regionsPerSecond", totals.Regions / totals.Cost.Seconds);
        json.WriteNumber("peakBytes", peak);
        json.WriteNumber("limitBytes", StreamBenchmark.MemoryLimit);
    }, totals.Status == Status.Interrupted ? "interrupted" : "complete", "exact", common.Seed, totals.Cost.Seconds, ["hanin2019deep"]);
}
