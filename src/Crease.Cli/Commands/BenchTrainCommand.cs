using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench train</c>: steps a second against libtorch alone in the same run, or memory over 100,000 steps.</summary>
internal static class BenchTrainCommand
{
    private const double Mebi = 1 << 20;

    public static Command Create(Shell shell)
    {
        var filter = new Option<string>("--case") { Description = "Run the cases whose name contains this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var repeats = RepeatWords.Option("Counted pairs of blocks of 0.3 s; the median is shown.", 15);
        var memory = new Option<bool>("--memory") { Description = "Measure memory over 100,000 steps instead." };
        var command = new Command("train", "Training steps a second against libtorch without Crease, or memory over 100,000 steps.") { filter, repeats, memory };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            RunContext run = shell.Run(common) with { Progress = null };
            return words.GetValue(memory) ? Memory(shell, common, run) : Speed(shell, common, run, words.GetValue(filter)!, counted);
        });
        return command;
    }

    private static int Speed(Shell shell, CommonWords common, RunContext run, string filter, int repeats)
    {
        TrainingBenchmarkCase[] cases = [.. TrainingBenchmarkCase.All.Where(item => item.Name.Contains(filter, StringComparison.Ordinal))];
        if (cases.Length == 0)
            throw new WordsException($"--case is '{filter}'; accepted are parts of {string.Join(", ", TrainingBenchmarkCase.All.Select(item => item.Name))}");
        long start = Stopwatch.GetTimestamp();
        if (!common.Json)
            shell.Output.WriteLine($"{"case",-12} {"network",-20} {"batch",5} {"steps/s",9} {"libtorch",9} {"ratio",6} {"smallest",8} {"largest",7} {"line, steps",11}");
        var timings = new List<TrainingTiming>();
        foreach (TrainingBenchmarkCase item in cases)
        {
            TrainingTiming timing = TrainingBenchmark.Time(item, repeats, run);
            timings.Add(timing);
            if (!common.Json)
                shell.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{item.Name,-12} {item.Options.Network.Net,-20} {item.Options.Batch,5} {timing.Rate,9:N0} {timing.PlainRate,9:N0} {timing.Ratio,6:F2} {timing.Range.Smallest,8:F2} {timing.Range.Largest,7:F2} {timing.LineSteps,11:F1}"));
        }
        if (common.Json)
            JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timings, common, Stopwatch.GetElapsedTime(start).TotalSeconds));
        return 0;
    }

    private static int Memory(Shell shell, CommonWords common, RunContext run)
    {
        long start = Stopwatch.GetTimestamp();
        using var process = Process.GetCurrentProcess();
        IReadOnlyList<MemorySample> samples = TrainingMemory.Measure(() =>
        {
            process.Refresh();
            return process.WorkingSet64;
        }, run);
        MemorySample settled = samples.First(sample => sample.Step == TrainingMemory.Settled), last = samples[^1];
        shell.Show(common, stream => JsonDocumentWriter.Write(stream, json =>
        {
            json.WriteNumber("residentGrowthBytes", last.Resident - settled.Resident);
            json.WriteNumber("managedGrowthBytes", last.Managed - settled.Managed);
            json.WriteStartArray("samples");
            foreach (MemorySample sample in samples)
            {
                json.WriteStartObject();
                json.WriteNumber("step", sample.Step);
                json.WriteNumber("residentBytes", sample.Resident);
                json.WriteNumber("managedBytes", sample.Managed);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }, "complete", "sampled", common.Seed, Stopwatch.GetElapsedTime(start).TotalSeconds, []), output =>
        {
            output.WriteLine($"{"steps",9} {"resident MiB",12} {"managed MiB",11}");
            foreach (MemorySample sample in samples)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Step,9:N0} {sample.Resident / Mebi,12:F1} {sample.Managed / Mebi,11:F1}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"growth from {settled.Step:N0} to {last.Step:N0} steps: {Growth(settled.Resident, last.Resident):F1} MiB resident, {Growth(settled.Managed, last.Managed):F1} MiB managed"));
        }, []);
        return 0;
    }

    // Without the sign of a zero.
    private static double Growth(long before, long after) => Math.Round((after - before) / Mebi, 1) + 0.0;

    private static void Write(Stream stream, List<TrainingTiming> timings, CommonWords common, double seconds) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteStartArray("cases");
        foreach (TrainingTiming timing in timings)
        {
            json.WriteStartObject();
            json.WriteString("name", timing.Case.Name);
            json.WriteString("network", timing.Case.Options.Network.Net);
            json.WriteNumber("batch", timing.Case.Options.Batch);
            json.WriteNumber("stepsPerBlock", timing.StepsPerBlock);
            JsonDocumentWriter.Number(json, "stepsPerSecond", timing.Rate);
            JsonDocumentWriter.Number(json, "libtorchStepsPerSecond", timing.PlainRate);
            JsonDocumentWriter.Number(json, "ratio", timing.Ratio);
            JsonDocumentWriter.Number(json, "smallestRatio", timing.Range.Smallest);
            JsonDocumentWriter.Number(json, "largestRatio", timing.Range.Largest);
            JsonDocumentWriter.Number(json, "metricsLineSteps", timing.LineSteps);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "sampled", common.Seed, seconds, []);
}
