using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench</c>: how fast this machine is, against limits measured in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Option<string>("--data") { Description = "Folder with networks, slices and expected.json.", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine("..", "shared", "data", "bench") };
        var filter = new Option<string>("--case") { Description = "Run the cases whose name contains this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var repeats = RepeatWords.Option("Counted runs per case; the median is shown.", 5);
        var peers = new Option<string?>("--peers") { Description = "Table of times to compare with: lines case,reference,SplineCam,edge subdivision in milliseconds of one core; empty where there is none.", HelpName = "FILE.csv" };
        var partition = new Command("partition", "Regions per second over a folder of networks with known counts.") { folder, filter, repeats, peers };
        CommonWords.AddTo(partition).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            RunContext run = shell.Run(common) with { Progress = null };
            long start = Stopwatch.GetTimestamp();
            var timings = new List<PartitionTiming>();
            Dictionary<string, PeerTimes> references = PeerTimes.Read(words.GetValue(peers));
            if (!common.Json)
                shell.Output.WriteLine(Header);
            foreach (PartitionTiming timing in PartitionBenchmark.Run(words.GetValue(folder)!, words.GetValue(filter)!, counted, run))
            {
                timings.Add(timing);
                if (!common.Json)
                    shell.Output.WriteLine(Row(timing, common.Threads, references.GetValueOrDefault(timing.Name, PeerTimes.None)));
            }
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timings, common, Stopwatch.GetElapsedTime(start).TotalSeconds));
            return timings.Count > 0 && timings.All(timing => timing.Regions == timing.Expected) ? 0 : 1;
        });
        return new Command("bench", "Measure speed.") { partition, BenchStreamCommand.Create(shell), BenchVolumeCommand.Create(shell), BenchComplexityCommand.Create(shell), BenchAttackCommand.Create(shell), BenchTrainCommand.Create(shell), BenchStudioCommand.Create(shell), BenchLanguageCommand.Create(shell), BenchDimensionCommand.Create(shell), BenchTemplatesCommand.Create(shell), BenchKernelCommand.Create(shell) };
    }

    private static string Header => $"{"case",-20} {"regions",9} {"right",5} {"regions/s",12} {"cpu ms",10} {"stream ms",10} {"all ms",9} {"certified",9} {"signs",6} {"x roofline",10} {"x output",8} {"x peer",7} {"stream",7} {"all",6} {"SplineCam",9} {"edges",7} {"parallel",8} {"stream",6} {"limit",5} {"B/region",8} {"peak MiB",8}";

    private static string Row(PartitionTiming timing, int threads, PeerTimes peers) => string.Create(CultureInfo.InvariantCulture,
        $"{timing.Name,-20} {timing.Regions,9:N0} {(timing.Regions == timing.Expected ? "yes" : "NO"),5} {timing.Rate,12:N0} {1000 * timing.ProcessorSeconds,10:F3} {1000 * timing.StreamProcessorSeconds,10:F3} {1000 * timing.StreamSecondsAllThreads,9:F3} {timing.CertifiedSeconds / timing.ProcessorSeconds,9:F2} {timing.CertifiedDecisions,6} {timing.RooflineRatio,10:F3} {timing.OutputRatio,8:F1} {timing.ProcessorSeconds / peers.Reference,7:F2} {timing.StreamProcessorSeconds / peers.Reference,7:F2} {timing.StreamSecondsAllThreads / peers.Reference,6:F2} {peers.SplineCam / timing.StreamProcessorSeconds,9:F0} {peers.EdgeSubdivision / timing.StreamProcessorSeconds,7:F0} {timing.Efficiency(threads),8:F2} {timing.StreamEfficiency(threads),6:F2} {timing.EfficiencyLimit,5:F2} {timing.BytesPerRegion,8:F0} {timing.PeakBytes / 1048576.0,8:F0}");

    private static void Write(Stream stream, List<PartitionTiming> timings, CommonWords common, double seconds) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteStartArray("cases");
        foreach (PartitionTiming timing in timings)
        {
            json.WriteStartObject();
            json.WriteString("name", timing.Name);
            json.WriteNumber("regions", timing.Regions);
            json.WriteNumber("expectedRegions", timing.Expected);
            JsonDocumentWriter.Number(json, "seconds", timing.Seconds);
            JsonDocumentWriter.Number(json, "secondsOneThread", timing.SecondsOneThread);
            JsonDocumentWriter.Number(json, "regionsPerSecond", timing.Rate);
            JsonDocumentWriter.Number(json, "processorSeconds", timing.ProcessorSeconds);
            JsonDocumentWriter.Number(json, "streamProcessorSeconds", timing.StreamProcessorSeconds);
            JsonDocumentWriter.Number(json, "streamSeconds", timing.StreamSecondsAllThreads);
            JsonDocumentWriter.Number(json, "streamParallelEfficiency", timing.StreamEfficiency(common.Threads));
            JsonDocumentWriter.Number(json, "certifiedProcessorSeconds", timing.CertifiedSeconds);
            json.WriteNumber("certifiedExactDecisions", timing.CertifiedDecisions);
            JsonDocumentWriter.Number(json, "outputRatio", timing.OutputRatio);
            JsonDocumentWriter.Number(json, "parallelEfficiency", timing.Efficiency(common.Threads));
            JsonDocumentWriter.Number(json, "parallelEfficiencyLimit", timing.EfficiencyLimit);
            JsonDocumentWriter.Number(json, "rooflineSeconds", timing.RooflineSeconds);
            JsonDocumentWriter.Number(json, "rooflineRatio", timing.RooflineRatio);
            JsonDocumentWriter.Number(json, "bytesPerRegion", timing.BytesPerRegion);
            json.WriteNumber("peakBytes", timing.PeakBytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, seconds, []);
}
