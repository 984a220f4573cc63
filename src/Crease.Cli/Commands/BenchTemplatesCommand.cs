using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench templates</c>: templates of 10,000 inputs, against forward passes in the same run.</summary>
internal static class BenchTemplatesCommand
{
    private const int MostSamples = 100_000;

    public static Command Create(Shell shell)
    {
        var filter = new Option<string>("--case") { Description = "Run the cases whose name contains this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var samples = new Option<int>("--samples") { Description = $"Number of inputs, 1 to {MostSamples}.", HelpName = "N", DefaultValueFactory = _ => TemplateBenchmark.Samples };
        var repeats = RepeatWords.Option("Counted runs; the fastest is shown.", 5);
        var command = new Command("templates", "Templates of 10,000 inputs for each class, against forward passes as matrix products.") { filter, samples, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats), count = words.GetValue(samples);
            if (count is < 1 or > MostSamples)
                throw new WordsException($"--samples is {count}; expected 1 to {MostSamples}");
            RunContext run = shell.Run(common) with { Progress = null };
            (string Name, Networks.Network Network)[] cases = [.. TemplateBenchmark.Cases(run.Seed)], chosen = [.. cases.Where(each => each.Name.Contains(words.GetValue(filter)!, StringComparison.Ordinal))];
            if (chosen.Length == 0)
                throw new WordsException($"--case is '{words.GetValue(filter)}'; accepted are parts of {string.Join(", ", cases.Select(each => each.Name))}");
            long start = Stopwatch.GetTimestamp();
            var timings = new List<TemplateTiming>();
            if (!common.Json)
                shell.Output.WriteLine($"{"network",-20} {"forward s",10} {"templates s",12} {"forward GFLOP/s",16} {"template GFLOP/s",17} {"ratio",6}");
            foreach ((string name, Networks.Network network) in chosen)
            {
                TemplateTiming timing = TemplateBenchmark.Run(name, network, count, counted, run);
                timings.Add(timing);
                if (!common.Json)
                    shell.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {timing.ForwardSeconds,10:F3} {timing.Seconds,12:F3} {timing.ForwardRate / 1e9,16:F1} {timing.Rate / 1e9,17:F1} {timing.Ratio,6:F2}"));
            }
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, timings, common, Stopwatch.GetElapsedTime(start).TotalSeconds));
            return timings.All(timing => timing.Difference == 0) ? 0 : 1;
        });
        return command;
    }

    private static void Write(Stream stream, List<TemplateTiming> timings, CommonWords common, double seconds) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteStartArray("cases");
        foreach (TemplateTiming timing in timings)
        {
            json.WriteStartObject();
            json.WriteString("name", timing.Name);
            json.WriteNumber("samples", timing.Samples);
            json.WriteNumber("classes", timing.Outputs);
            JsonDocumentWriter.Number(json, "forwardSeconds", timing.ForwardSeconds);
            JsonDocumentWriter.Number(json, "templateSeconds", timing.Seconds);
            JsonDocumentWriter.Number(json, "forwardFlopsPerSecond", timing.ForwardRate);
            JsonDocumentWriter.Number(json, "templateFlopsPerSecond", timing.Rate);
            JsonDocumentWriter.Number(json, "ratio", timing.Ratio);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, seconds, ["balestriero2018spline"]);
}
