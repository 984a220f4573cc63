using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Studio;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench studio</c>: how long the page of the Studio waits for its server.</summary>
internal static class BenchStudioCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Option<string>("--data") { Description = "Folder with networks of two inputs.", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine("..", "shared", "data", "bench") };
        var filter = new Option<string>("--case") { Description = "Only networks whose name contains this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var repeats = RepeatWords.Option("Requests per case.", 20);
        var command = new Command("studio", "How long the page of the Studio waits for a first picture, a zoom step and a pin.") { folder, filter, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            string scratch = Directory.CreateTempSubdirectory("crease-bench-").FullName;
            try
            {
                Measure(shell, common, words.GetValue(folder)!, words.GetValue(filter)!, counted, Path.Combine(scratch, "studio")).GetAwaiter().GetResult();
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }
            return 0;
        });
        return command;
    }

    private static async Task Measure(Shell shell, CommonWords common, string folder, string filter, int repeats, string scratch)
    {
        long start = Stopwatch.GetTimestamp();
        var timings = new List<StudioTiming>();
        if (!common.Json)
            shell.Output.WriteLine($"{"case",-46} {"regions",9} {"MiB",6} {"median ms",10} {"slowest ms",10} {"cut ms",8} {"limit ms",9} {"x limit",8}");
        await foreach (StudioTiming timing in StudioBenchmark.Run(folder, filter, repeats, common.Threads, scratch))
        {
            timings.Add(timing);
            if (!common.Json)
                shell.Output.WriteLine(Row(timing));
        }
        if (common.Json)
            JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timings, common, Stopwatch.GetElapsedTime(start).TotalSeconds));
    }

    private static string Row(StudioTiming timing) => string.Create(CultureInfo.InvariantCulture,
        $"{timing.Name,-46} {timing.Regions,9:N0} {timing.Bytes / 1048576.0,6:F2} {1000 * timing.Median,10:F1} {1000 * timing.Slowest,10:F1} {1000 * timing.CutSeconds,8:F1} {1000 * timing.Limit,9:F0} {timing.Median / timing.Limit,8:F2}");

    private static void Write(Stream stream, List<StudioTiming> timings, CommonWords common, double seconds) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteStartArray("cases");
        foreach (StudioTiming timing in timings)
        {
            json.WriteStartObject();
            json.WriteString("name", timing.Name);
            json.WriteNumber("regions", timing.Regions);
            json.WriteNumber("bytes", timing.Bytes);
            JsonDocumentWriter.Number(json, "medianSeconds", timing.Median);
            JsonDocumentWriter.Number(json, "slowestSeconds", timing.Slowest);
            JsonDocumentWriter.Number(json, "cutSeconds", timing.CutSeconds);
            JsonDocumentWriter.Number(json, "limitSeconds", timing.Limit);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, seconds, []);
}
