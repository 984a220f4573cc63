using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease concentration</c> says about its result: a JSON document, a short table, or a table per input.</summary>
internal sealed class ConcentrationReport(ConcentrationResults results, string source, DataSet data, CommonWords words, double seconds)
{
    private const int MostLayers = 12;

    private static readonly string[] Always =
    [
        "An association over inputs: dense creases need not be why a network is fooled, nor why it is not.",
        "Density depends on the length and on the norm of the changes.",
        "Inputs that resist or are wrong from the start are left out, so that robust networks show their weakest inputs.",
    ];

    private readonly string[] _caveats = [.. Always, .. OutOfTheBox(results), .. OnCreases(results)];
    private readonly AdversarialTwins _twins = results.Twins;
    private readonly RegionConcentration _segments = results.Segments;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", results.Network.Name);
        json.WriteString("data", data.Name);
        json.WriteString("attack", source);
        json.WriteNumber("samples", _twins.Tried);
        json.WriteNumber("pairs", _twins.Count);
        json.WriteNumber("wrong", _twins.Wrong);
        json.WriteNumber("resisted", _twins.Resisted);
        JsonDocumentWriter.Texts(json, "layers", _segments.Layers.Select(layer => layer.Name));
        json.WriteString("random", _segments.Options.DrawnTwin.ToString().ToLowerInvariant());
        json.WriteNumber("draws", _segments.Options.Directions);
        JsonDocumentWriter.Number(json, "radius", results.Settings.Radius);
        json.WriteString("bounds", results.Settings.Bounds.ToString().ToLowerInvariant());
        json.WriteString("verdict", results.Verdict);
        json.WriteStartArray("densities");
        foreach (DensityComparison comparison in results.Comparisons)
        {
            json.WriteStartObject();
            json.WriteString("against", comparison.Against.ToString().ToLowerInvariant());
            json.WriteString("layer", comparison.Layer is int layer ? _segments.Layers[layer].Name : null);
            Compared(json, comparison.Pairs);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("points");
        foreach (PointMetric metric in results.Points)
        {
            json.WriteStartObject();
            json.WriteString("name", metric.Name);
            json.WriteString("unit", metric.Unit);
            JsonDocumentWriter.Number(json, "cleanMedian", Median.Of(metric.Clean));
            JsonDocumentWriter.Number(json, "adversarialMedian", Median.Of(metric.Adversarial));
            Compared(json, metric.Pairs);
            JsonDocumentWriter.Number(json, "auc", metric.Auc);
            JsonDocumentWriter.Numbers(json, "aucInterval", [metric.AucInterval.Low, metric.AucInterval.High]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteInputs(json);
        JsonDocumentWriter.Texts(json, "caveats", _caveats);
    }, "complete", "exact", words.Seed, seconds, ["hanin2019complexity", "humayun2024grok", "balestriero2019geometry", "wilcoxon1945individual", "delong1988comparing", "efron1979bootstrap"]);

    public void WriteTable(TextWriter output)
    {
        Line("attack", $"{source}");
        Line("data", $"{_twins.Tried:N0} samples of {data.Name}: {_twins.Count:N0} with an adversarial twin, {_twins.Wrong:N0} wrong without an attack, {_twins.Resisted:N0} resist");
        Line("ways", $"{Middle(row => row.Adversarial.Length)} to the twin{(_segments.Rows.Any(row => row.Whole is not null) ? $", {Middle(row => row.Whole?.Length)} to another class" : "")} (median L2 length); {_segments.Options.Directions} {_segments.Options.DrawnTwin.ToString().ToLowerInvariant()} ways per input");
        Line("crossings", $"{Middle(row => row.Adversarial.Events)} to the twin, {Middle(row => row.Random.Average(each => each.Events))} on a random way (median)");
        foreach (DensityComparison comparison in results.Comparisons.Where(each => each.Pairs is not null && each.Layer is null))
            Line("density", $"{comparison.Pairs!.First:G4} per length to the twin, {comparison.Pairs.Second:G4} {Kind(comparison.Against)}: {Ratio(comparison.Pairs)}");
        foreach (DensityComparison comparison in results.Comparisons.Where(each => each is { Against: SegmentKind.Random, Layer: not null, Pairs: not null }).Take(MostLayers))
            Line("  " + ShortText.Of(_segments.Layers[comparison.Layer!.Value].Name, 16), $"{comparison.Pairs!.First:G4} and {comparison.Pairs.Second:G4}: {Ratio(comparison.Pairs)}");
        if (_segments.Layers.Length > MostLayers)
            Line("", $"and {_segments.Layers.Length - MostLayers} more layers");
        foreach (PointMetric metric in results.Points.Take(MostLayers + 4))
            Line("at the points", $"{metric.Name}: {Digits(Median.Of(metric.Clean))} at inputs, {Digits(Median.Of(metric.Adversarial))} at twins (median {metric.Unit}); AUC {metric.Auc:F3} ({metric.AucInterval.Low:F3} to {metric.AucInterval.High:F3}){Probability(metric.Pairs)}");
        Line("verdict", $"{results.Verdict}");
        foreach (string caveat in _caveats)
            Line("caveat", $"{caveat}");
        Line("time", $"{seconds:F3} s");
        Line("status", $"complete; crossings and distances exact, comparisons are statistics of {_twins.Count:N0} inputs");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        string[] layers = [.. Enumerable.Range(1, _segments.Layers.Length).SelectMany(layer => (string[])[$"densityLayer{layer}", $"randomDensityLayer{layer}"])];
        string[] metrics = [.. results.Points.SelectMany(metric => (string[])[CsvCell.Of($"clean {metric.Name}"), CsvCell.Of($"adversarial {metric.Name}")])];
        writer.WriteLine(string.Join(',', (string[])["row", "label", "twinClass", "length", "crossings", "unitChanges", "classChanges", "density", "randomDensity", "towardDensity", "otherLength", "otherDensity", .. layers, .. metrics]));
        foreach (ConcentrationRow row in _segments.Rows)
        {
            double?[] numbers =
            [
                row.Adversarial.Length, row.Adversarial.Events, row.Adversarial.UnitChanges, row.Adversarial.ClassChanges, row.Density(SegmentKind.Adversarial), row.Density(SegmentKind.Random),
                row.Density(SegmentKind.Toward), row.Whole?.Length, row.Density(SegmentKind.Whole),
                .. Enumerable.Range(0, _segments.Layers.Length).SelectMany(layer => (double?[])[row.Density(SegmentKind.Adversarial, layer), row.Density(SegmentKind.Random, layer)]),
                .. results.Points.SelectMany(metric => (double?[])[metric.Clean[row.Index], metric.Adversarial[row.Index]]),
            ];
            writer.WriteLine($"{_twins.Rows[row.Index]},{_twins.Labels[row.Index]},{_twins.TwinClasses[row.Index]},{string.Join(',', numbers.Select(number => number is double value && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : ""))}");
        }
    }

    private void WriteInputs(Utf8JsonWriter json)
    {
        json.WriteStartArray("inputs");
        foreach (ConcentrationRow row in _segments.Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("row", _twins.Rows[row.Index]);
            json.WriteNumber("label", _twins.Labels[row.Index]);
            json.WriteNumber("twinClass", _twins.TwinClasses[row.Index]);
            Counted(json, "adversarial", row.Adversarial);
            json.WriteStartArray("random");
            foreach (SegmentCrossings each in row.Random)
                json.WriteNumberValue(each.Events);
            json.WriteEndArray();
            if (row.Toward is not null)
            {
                json.WriteNumber("other", row.Other);
                Counted(json, "toward", row.Toward);
            }
            if (row.Whole is not null)
            {
                Counted(json, "whole", row.Whole);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Counted(Utf8JsonWriter json, string name, SegmentCrossings crossings)
    {
        json.WriteStartObject(name);
        JsonDocumentWriter.Number(json, "length", crossings.Length);
        json.WriteNumber("crossings", crossings.Events);
        json.WriteNumber("unitChanges", crossings.UnitChanges);
        json.WriteNumber("classChanges", crossings.ClassChanges);
        JsonDocumentWriter.Integers(json, "perLayer", crossings.PerLayer.AsSpan());
        json.WriteEndObject();
    }

    private static void Compared(Utf8JsonWriter json, PairedComparison? pairs)
    {
        json.WriteNumber("pairs", pairs?.Pairs ?? 0);
        JsonDocumentWriter.Number(json, "adversarialMean", pairs?.First);
        JsonDocumentWriter.Number(json, "otherMean", pairs?.Second);
        JsonDocumentWriter.Number(json, "ratio", pairs?.Ratio);
        JsonDocumentWriter.Numbers(json, "ratioInterval", [pairs?.Interval?.Low ?? double.NaN, pairs?.Interval?.High ?? double.NaN]);
        json.WriteStartObject("wilcoxon");
        json.WriteNumber("pairs", pairs?.Test.Pairs ?? 0);
        JsonDocumentWriter.Number(json, "statistic", pairs?.Test.Statistic);
        JsonDocumentWriter.Number(json, "effect", pairs?.Test.Effect);
        JsonDocumentWriter.Number(json, "p", pairs?.Test.PValue);
        json.WriteBoolean("exact", pairs?.Test.IsExact ?? true);
        json.WriteEndObject();
    }

    private static IEnumerable<string> OutOfTheBox(ConcentrationResults results)
    {
        if (results.Segments.Options is { Box: not null, DrawnTwin: not RandomTwin.Reflected })
            yield return "Random ways may leave the box that the attack stays in; --random reflected does not, and may turn the verdict.";
    }

    // Blank images lie on creases: an attack leaves them by any change.
    private static IEnumerable<string> OnCreases(ConcentrationResults results)
    {
        int clean = results.Points.Where(metric => metric.Name == ConcentrationResults.NearestCrease).Sum(metric => metric.Clean.Count(distance => distance == 0));
        if (clean > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{clean:N0} inputs lie on a crease, as blank numbers make the candidates of a maximum equal: distance 0 tells blank from changed there, not clean from adversarial.");
    }

    private string Middle(Func<ConcentrationRow, double?> of) => Digits(Median.Of(_segments.Rows.Select(of).OfType<double>()));

    private static string Digits(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "none";

    private static string Ratio(PairedComparison pairs) => pairs.Ratio is not double ratio ? "no ratio, since none is crossed there"
        : string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:F3}{(pairs.Interval is (double low, double high) ? FormattableString.Invariant($" ({low:F3} to {high:F3})") : "")}{Probability(pairs)}");

    private static string Probability(PairedComparison? pairs) => pairs is null ? "" : FormattableString.Invariant($", p = {pairs.Test.PValue:G2}");

    private static string Kind(SegmentKind kind) => kind switch
    {
        SegmentKind.Random => "on random ways as long",
        SegmentKind.Toward => "toward another class, as long",
        _ => "all the way to another class",
    };
}
