using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease normalization</c> says about its result: a JSON document or a short table.</summary>
internal sealed class NormalizationText(NormalizationReport report, NormalizationCuts? cuts, DataSet data, CommonWords words, double seconds)
{
    private const int MostLines = 12;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", report.Given.Name);
        json.WriteString("data", data.Name);
        json.WriteNumber("samples", report.Samples);
        json.WriteBoolean("hasBatchNormalization", report.HasOwn);
        JsonDocumentWriter.Number(json, "epsilon", report.Jitter.Options.Epsilon);
        WriteLaws(json);
        WriteDistances(json);
        WriteJitter(json);
        json.WriteStartObject("separation");
        WriteSeparation(json, data.Labels is null ? "allPairs" : "sameClass", report.SameClass);
        WriteSeparation(json, "otherClass", report.OtherClass);
        json.WriteEndObject();
        WritePartitions(json);
        JsonDocumentWriter.Texts(json, "warnings", report.Warnings);
        JsonDocumentWriter.Texts(json, "caveats", NormalizationReport.Caveats);
    }, PartitionReport.StatusText(cuts?.Status ?? Status.Complete), "sampled", words.Seed, seconds, ["riedi2026provable", "balestriero2022batchnorm"]);

    public void WriteTable(TextWriter output)
    {
        Line("network", $"{report.Given.Name}; {(report.HasOwn ? "its own batch normalization" : "batch normalization put in")} at {report.Fits.Length} layers");
        Line("data", $"{report.Samples:N0} samples of {data.Name}");
        CreaseFit[] fits = [.. report.Fits.Where(fit => fit.Skipped is null)];
        if (fits.Length > 0)
            Line("laws", $"hold to {fits.Max(fit => fit.LargestError):G2} at {fits.Length} of {report.Fits.Length} layers; creases pass the mean to {fits.Max(fit => fit.AnchorError):G2}; units active on {100 * fits.Min(fit => fit.LeastActive):F1} to {100 * fits.Max(fit => fit.MostActive):F1} % of the batch");
        foreach (CreaseFit fit in report.Fits.Take(MostLines))
            Line("  " + ShortText.Of(fit.Name, 16), fit.Skipped is null
                ? $"{fit.Units} units, {fit.Inputs} inputs; own creases {fit.OwnOffset:G3} from the mean, points {fit.Spread:G3} from the mean's creases (RMS)"
                : (FormattableString)$"not checked: {fit.Skipped}");
        More(report.Fits.Length);
        foreach (NormalizationDistances distance in report.Distances)
            Line("distance, median", $"{distance.Variant}: {string.Join(", ", distance.Medians.Take(MostLines).Select(median => median is double value ? value.ToString("G4", CultureInfo.InvariantCulture) : "none"))} by layer; {distance.RegionMedian?.ToString("G4", CultureInfo.InvariantCulture) ?? "none"} to any");
        foreach (SizeJitter size in report.Jitter.Sizes)
            Line($"jitter, batch {size.BatchSize}", $"creases {size.RelativeShift:F4} standard deviations; codes change at {Percent(size.Layers.Average(layer => layer.ChangedSamples))} of samples per layer; classes at {Percent(size.ChangedClasses)}; boundary moves by {size.BoundaryShift?.ToString("G4", CultureInfo.InvariantCulture) ?? "none"}");
        if (report.Jitter.Slope is double slope)
            Line("slope", $"{slope:F3} of log shift over log batch size (-0.5 for independent samples)");
        Separated(data.Labels is null ? "all pairs" : "same class", report.SameClass);
        Separated("two classes", report.OtherClass);
        foreach ((string name, Partition partition) in cuts?.Variants ?? [])
            Line("regions", $"{name}: {partition.RegionCount:N0}  (after each layer: {string.Join(", ", partition.RegionsPerLayer)})");
        foreach (string warning in report.Warnings)
            Line("warning", $"{warning}");
        foreach (string caveat in NormalizationReport.Caveats)
            Line("caveat", $"{caveat}");
        Line("time", $"{seconds:F3} s");
        Line("status", $"{PartitionReport.StatusText(cuts?.Status ?? Status.Complete)}; laws and distances exact, jitter and separation sampled");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");

        void Separated(string name, ImmutableArray<UnitSeparation> found)
        {
            if (found.Length > 0)
                Line("separation", $"{name}: {string.Join(", ", found.Take(MostLines).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Observed:F3} ({each.Law:F3})")))} of units by layer (angle law)");
        }

        void More(int count)
        {
            if (count > MostLines)
                Line("  ...", $"and {count - MostLines} more in the document");
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    private void WriteLaws(Utf8JsonWriter json)
    {
        json.WriteStartArray("layers");
        foreach (CreaseFit fit in report.Fits)
        {
            json.WriteStartObject();
            json.WriteString("name", fit.Name);
            json.WriteString("skipped", fit.Skipped);
            json.WriteNumber("inputs", fit.Inputs);
            json.WriteNumber("units", fit.Units);
            json.WriteNumber("points", fit.Points);
            json.WriteNumber("constantUnits", fit.ConstantUnits);
            JsonDocumentWriter.Number(json, "minimizerError", fit.MinimizerError);
            JsonDocumentWriter.Number(json, "varianceError", fit.VarianceError);
            JsonDocumentWriter.Number(json, "anchorError", fit.AnchorError);
            JsonDocumentWriter.Number(json, "shiftError", fit.ShiftError);
            JsonDocumentWriter.Number(json, "scaleError", fit.ScaleError);
            JsonDocumentWriter.Number(json, "leastActive", fit.LeastActive);
            JsonDocumentWriter.Number(json, "mostActive", fit.MostActive);
            JsonDocumentWriter.Number(json, "ownOffset", fit.OwnOffset);
            JsonDocumentWriter.Number(json, "spread", fit.Spread);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteDistances(Utf8JsonWriter json)
    {
        json.WriteNumber("distanceSamples", report.DistanceSamples);
        json.WriteStartArray("distances");
        foreach (NormalizationDistances distance in report.Distances)
        {
            json.WriteStartObject();
            json.WriteString("variant", distance.Variant);
            JsonDocumentWriter.Numbers(json, "layerMedians", [.. distance.Medians.Select(median => median ?? double.NaN)]);
            JsonDocumentWriter.Number(json, "regionMedian", distance.RegionMedian);
            json.WriteNumber("onCrease", distance.OnCrease);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteJitter(Utf8JsonWriter json)
    {
        json.WriteStartObject("jitter");
        json.WriteNumber("batches", report.Jitter.Options.Batches);
        json.WriteNumber("probes", report.Jitter.Probes);
        JsonDocumentWriter.Number(json, "slope", report.Jitter.Slope);
        json.WriteStartArray("sizes");
        foreach (SizeJitter size in report.Jitter.Sizes)
        {
            json.WriteStartObject();
            json.WriteNumber("batchSize", size.BatchSize);
            JsonDocumentWriter.Number(json, "relativeShift", size.RelativeShift);
            JsonDocumentWriter.Number(json, "changedClasses", size.ChangedClasses);
            JsonDocumentWriter.Number(json, "boundaryShift", size.BoundaryShift);
            json.WriteStartArray("layers");
            foreach (LayerJitter layer in size.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                JsonDocumentWriter.Summary(json, "relativeShift", Summary.Of(layer.RelativeShifts));
                JsonDocumentWriter.Summary(json, "shift", Summary.Of(layer.Shifts));
                JsonDocumentWriter.Number(json, "meanVarianceRatio", layer.MeanVariance);
                JsonDocumentWriter.Number(json, "spreadVarianceRatio", layer.SpreadVariance);
                JsonDocumentWriter.Number(json, "changedSamples", layer.ChangedSamples);
                JsonDocumentWriter.Number(json, "changedUnits", layer.ChangedUnits);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSeparation(Utf8JsonWriter json, string name, ImmutableArray<UnitSeparation> found)
    {
        json.WriteStartArray(name);
        foreach (UnitSeparation each in found)
        {
            json.WriteStartObject();
            json.WriteString("layer", each.Name);
            json.WriteNumber("pairs", each.Pairs);
            JsonDocumentWriter.Number(json, "observed", each.Observed);
            JsonDocumentWriter.Number(json, "angleLaw", each.Law);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WritePartitions(Utf8JsonWriter json)
    {
        json.WriteStartArray("partitions");
        foreach ((string name, Partition partition) in cuts?.Variants ?? [])
        {
            json.WriteStartObject();
            json.WriteString("variant", name);
            json.WriteNumber("regions", partition.RegionCount);
            JsonDocumentWriter.Integers(json, "regionsPerLayer", partition.RegionsPerLayer.AsSpan());
            JsonDocumentWriter.Number(json, "boundaryLength", partition.Boundary?.Length);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
