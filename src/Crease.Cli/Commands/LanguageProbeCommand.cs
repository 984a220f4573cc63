using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease language probe</c>: what classifiers read off spline features, and what else could explain it.</summary>
internal static class LanguageProbeCommand
{
    public static Command Create(Shell shell)
    {
        var words = new ProbeWords();
        var picture = new PictureWords();
        var command = new Command("probe", "Tell labels of texts from their spline features, beside length, words, sources and shuffled labels.");
        words.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(parsed =>
        {
            CommonWords common = CommonWords.Of(parsed);
            ProbeCall call = words.Read(parsed);
            picture.Check(parsed);
            long start = Stopwatch.GetTimestamp();
            FeatureTable features = FeatureFile.Read(call.Features);
            ProbeOrigin? origin = Origin(features, call);
            ProbeLabel[] labels = [.. call.Labels.Select(label => ProbeLabel.Of(label, Column(features, label, "--label", call.Features), call.Positive))];
            double[]? latency = call.Latency is string file ? Latency(file) : null;
            ProbeData data = Data(features, call);
            RunContext run = shell.Run(common, whole: "probes", found: "probes");
            ProbeResult result = ProbeExperiment.Run(data, labels, call.Options, run);
            if (call.Probe is not null)
                ProbeFile.Save(Probe.Train(data.Table, labels, call.Options, origin!, run with { Progress = null }), call.Probe);
            var report = new ProbeReport(result, call, features, latency, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            ScoreMapFigureOptions figure = ScoreMapFigureOptions.Default with { Title = picture.Title(parsed) };
            foreach (string path in call.Files)
                Save(path, result, report, picture.Width(parsed) is int width ? figure with { Width = width, PngWidth = width } : figure);
            CurvesFigureOptions bins = CurvesFigureOptions.Default with { Title = picture.Title(parsed) };
            bins = picture.Width(parsed) is int pixels ? bins with { Width = pixels, PngWidth = pixels } : bins;
            if (call.ByScore is string byScore)
                SuccessFigures.ByScore(result, bins).Save(byScore);
            if (call.ByLength is string byLength)
                SuccessFigures.ByLength(result, bins)!.Save(byLength);
            shell.Show(common, report.WriteJson, report.WriteTable, [.. call.Files, .. ((string?[])[call.ByScore, call.ByLength, call.Probe]).OfType<string>()]);
            return 0;
        });
        return command;
    }

    private static void Save(string path, ProbeResult result, ProbeReport report, ScoreMapFigureOptions figure)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".json":
                ResultFile.Save(path, report.WriteJson);
                break;
            case ".csv":
                ResultFile.Save(path, report.WriteCsv);
                break;
            case ".html":
                ResultFile.Save(path, stream => ProbePage.Write(result, figure.Title ?? "What spline features tell", report.About, stream));
                break;
            default:
                ProbeFigures.Ablations(result, figure)!.Save(path);
                break;
        }
    }

    private static ProbeData Data(FeatureTable features, ProbeCall call) => new()
    {
        Table = ProbeTable.Of(features),
        Tokens = [.. features.Tokens],
        Texts = call.Texts is string file ? Texts(features, PromptFile.Open(file, call.TextColumn)) : null,
        Sources = call.Source is string source ? Array.ConvertAll(Column(features, source, "--source", call.Features), text => text.Length == 0 ? "(none)" : text) : null,
    };

    private static string[] Column(FeatureTable features, string name, string option, string file) => features.Fields.TryGetValue(name, out string[]? column)
        ? column
        : throw new WordsException($"{option} is '{name}'; {Path.GetFileName(file)} has the columns {(features.Fields.Count == 0 ? "of features only" : string.Join(", ", features.Fields.Keys.Take(20)))}");

    private static string[] Texts(FeatureTable features, PromptFile file)
    {
        var wanted = features.Rows.Select((row, i) => (row, i)).ToDictionary(item => item.row, item => item.i);
        var texts = new string?[features.Count];
        foreach (Prompt prompt in file.Read())
        {
            if (wanted.TryGetValue(prompt.Row, out int i))
                texts[i] = prompt.Text;
        }
        int absent = Array.IndexOf(texts, null);
        return absent < 0 ? [.. texts.OfType<string>()] : throw new ModelException(file.Name, $"has no prompt {features.Rows[absent]}, whose features are given; expected the file that the features are of");
    }

    // Which model a probe belongs to must be known when it is saved.
    private static ProbeOrigin? Origin(FeatureTable features, ProbeCall call)
    {
        if (features.About.TryGetValue("model", out string? model) && features.About.TryGetValue("precision", out string? precision) && Whole("modelLayers") is int layers && Whole("width") is int width)
            return new ProbeOrigin(model, layers, width, precision);
        return call.Probe is null ? null : throw new ModelException(Path.GetFileName(call.Features), "does not say which model its features are of, so that no probe can be saved; expected a file of crease language features");

        int? Whole(string key) => features.About.TryGetValue(key, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : null;
    }

    private static double[] Latency(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("secondsToLayer", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Array)
                return [.. seconds.EnumerateArray().Select(value => value.GetDouble())];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Path.GetFileName(path), $"cannot be read as JSON: {fault.Message.Split('\n')[0]}", fault);
        }
        throw new ModelException(Path.GetFileName(path), "has no 'secondsToLayer'; expected what 'crease language features --latency --json' prints");
    }
}
