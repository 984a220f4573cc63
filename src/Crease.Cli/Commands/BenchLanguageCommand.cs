using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench language</c>: passes of a large random model against its matrix products, the cost of features, and memory.</summary>
internal static class BenchLanguageCommand
{
    private static readonly (string Name, LanguageModelConfig Config)[] Shapes = [("1b", LanguageBenchmark.Billion), ("small", LanguageBenchmark.Small)];
    private static readonly (string Name, ComputingPrecision Value)[] Precisions = [("mixed", ComputingPrecision.Mixed), ("bfloat16", ComputingPrecision.Brain16), ("float32", ComputingPrecision.Bits32)];

    public static Command Create(Shell shell)
    {
        var shape = new Option<string>("--shape") { Description = "Shape of the model: a Llama of 1.2 billion parameters, or a small one.", HelpName = "1b|small", DefaultValueFactory = _ => "1b" };
        var precision = new Option<string>("--precision") { Description = "Format of weights and products; mixed keeps weights in bfloat16 and multiplies in float32.", HelpName = "mixed|bfloat16|float32", DefaultValueFactory = _ => "mixed" };
        var tokens = new Option<int>("--tokens") { Description = "Tokens of a pass.", HelpName = "N", DefaultValueFactory = _ => 128 };
        var repeats = RepeatWords.Option("Counted passes of each kind; medians are shown.", 5);
        var command = new Command("language", "Tokens a second of a large random language model against its matrix products alone.") { shape, precision, tokens, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            LanguageModelConfig config = NamedWord.Of(Shapes, each => each.Name, words.GetValue(shape)!, "--shape").Config;
            ComputingPrecision format = NamedWord.Of(Precisions, each => each.Name, words.GetValue(precision)!, "--precision").Value;
            int counted = RepeatWords.Of(words, repeats), length = words.GetValue(tokens);
            if (length is < 1 or > 1 << 16)
                throw new WordsException($"--tokens is {length}; expected 1 to {1 << 16}");
            long start = Stopwatch.GetTimestamp();
            using var process = Process.GetCurrentProcess();
            LanguageTiming timing = LanguageBenchmark.Time(config, format, length, counted, () => Peak(process), shell.Run(common) with { Progress = null });
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            shell.Show(common, stream => JsonDocumentWriter.Write(stream, json =>
            {
                json.WriteString("precision", words.GetValue(precision));
                json.WriteNumber("tokens", timing.Tokens);
                json.WriteNumber("threads", common.Threads);
                json.WriteNumber("weightBytes", timing.WeightBytes);
                json.WriteNumber("peakBytes", timing.PeakBytes);
                JsonDocumentWriter.Number(json, "tokensPerSecond", timing.Rate);
                JsonDocumentWriter.Number(json, "productRatio", timing.ProductRatio);
                JsonDocumentWriter.Number(json, "wideProductRatio", timing.WideRatio);
                JsonDocumentWriter.Number(json, "featureOverhead", timing.Overhead);
                JsonDocumentWriter.Numbers(json, "passSeconds", [.. timing.Seconds]);
                JsonDocumentWriter.Numbers(json, "productSeconds", [.. timing.ProductSeconds]);
                JsonDocumentWriter.Numbers(json, "wideProductSeconds", [.. timing.WideSeconds]);
                JsonDocumentWriter.Numbers(json, "plainSeconds", [.. timing.PlainSeconds]);
                JsonDocumentWriter.Numbers(json, "featureSeconds", [.. timing.FeatureSeconds]);
            }, "complete", "sampled", common.Seed, seconds, []), output =>
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"model",-18} {timing.WeightBytes / 1e9:F2} GB of weights in {words.GetValue(precision)}, {timing.Tokens} tokens a pass, {common.Threads} threads"));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"passes",-18} {timing.Rate:F1} tokens/s, {timing.ProductRatio:F2} x the matrix products alone in the weights' format, {timing.WideRatio:F2} x those in the computing format"));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"features",-18} {100 * timing.Overhead:F1} % over a pass without them"));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"memory",-18} {timing.PeakBytes / 1e9:F2} GB at its peak, {(double)timing.PeakBytes / timing.WeightBytes:F2} x the weights"));
            }, []);
            return 0;
        });
        return command;
    }

    private static long Peak(Process process)
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }
}
