using System.Globalization;
using System.Text.Json;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What <c>crease complexity</c> says about its result: a JSON document or a short table.</summary>
internal sealed class ComplexityReport(LocalComplexityEstimator estimator, ComplexityResults results, CommonWords words)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        LocalComplexityOptions options = estimator.Options;
        json.WriteString("network", estimator.Network.Name);
        JsonDocumentWriter.Number(json, "radius", options.Radius);
        json.WriteNumber("directions", options.Directions);
        json.WriteNumber("vertices", 2 * options.Directions);
        json.WriteString("sharing", options.Sharing == DirectionSharing.Shared ? "shared" : "perSample");
        json.WriteBoolean("includeLogits", options.IncludeLogits);
        json.WriteBoolean("approximate", estimator.IsApproximate);
        json.WriteStartArray("layers");
        foreach (CountedLayer layer in estimator.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            json.WriteNumber("units", layer.Units);
            json.WriteBoolean("exact", layer.IsExact);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Points(json, "data", results.Data);
        Points(json, "random", results.Random);
        if (results.Seeds is { } seeds)
        {
            json.WriteStartObject("directionSeeds");
            json.WriteNumber("count", seeds.Means.Length);
            JsonDocumentWriter.Number(json, "mean", seeds.Spread.Mean);
            JsonDocumentWriter.Number(json, "standardErrorOverSeeds", seeds.Spread.StandardError);
            JsonDocumentWriter.Numbers(json, "means", seeds.Means.AsSpan());
            json.WriteEndObject();
        }
        if (results.Deformation is { } deformation)
            Deformation(json, deformation);
        if (results.Map is { } map)
            Map(json, map);
    }, "complete", "sampled", words.Seed, results.Seconds, ["humayun2024grok", "humayun2023training"]);

    public void WriteTable(TextWriter output)
    {
        LocalComplexityOptions options = estimator.Options;
        Line("neighborhood", $"radius {options.Radius:G6}, {options.Directions} {(options.Sharing == DirectionSharing.Shared ? "shared directions" : "directions per sample")}, {2 * options.Directions} vertices");
        if (results.Data is { } data)
            Line("data", $"{Mean(data.Totals)}  over {data.Samples:N0} samples of {results.DataName}");
        if (results.Random is { } random)
            Line("random", $"{Mean(random.Totals)}  over {random.Samples:N0} uniform points in [{results.Low:G4}, {results.High:G4}]");
        for (int l = 0; l < estimator.Layers.Length && (results.Data ?? results.Random) is not null; l++)
            output.WriteLine(Layer(l));
        if (results.Seeds is { } seeds)
            Line("direction seeds", $"{seeds.Spread.Mean:F3} ± {seeds.Spread.StandardError:F3}  over {seeds.Means.Length} seeds");
        if (results.Map is { } map)
            Line("map", $"{map.Columns} x {map.Rows} pixels, {map.Totals.Mean:F3} on average, {map.Totals.Min:F0} to {map.Totals.Max:F0}");
        if (results.Deformation is { } shape)
            Line("deformation", $"eccentricity and diameter in input space {shape.InputEccentricity:G6}, {shape.InputDiameter:G6}; undeformed 2 √2 r = {2 * Math.Sqrt(2) * options.Radius:G6}");
        Line("time", $"{results.Seconds:F3} s");
        Line("status", $"complete, sampled; ± is the standard error{(estimator.IsApproximate ? "; approximate: smooth units have no creases" : "")}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Mean(SampleMean mean) => string.Create(CultureInfo.InvariantCulture, $"{mean.Mean:F3} ± {mean.StandardError:F3}");

    private string Layer(int l)
    {
        CountedLayer layer = estimator.Layers[l];
        bool isApart = layer.IsLogits && !estimator.Options.IncludeLogits;
        string name = layer.IsLogits ? "  logits" : string.Create(CultureInfo.InvariantCulture, $"  layer {l + 1}");
        var parts = new List<string>();
        if (results.Data is { } data)
            parts.Add("data " + Mean(data.LayerMeans[l]));
        if (results.Random is { } random)
            parts.Add("random " + Mean(random.LayerMeans[l]));
        if (results.Deformation is { } shape)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"eccentricity {shape.Eccentricities[l].Mean:G4}, diameter {shape.Diameters[l].Mean:G4}"));
        string what = layer.IsLogits ? (isApart ? "not in the total" : "in the total") : layer.Kind + (layer.IsExact ? ", exact" : "");
        return string.Create(CultureInfo.InvariantCulture, $"{name,-18} {string.Join("  ", parts)}  of {layer.Units:N0} ({what})");
    }

    private void Points(Utf8JsonWriter json, string name, LocalComplexity? found)
    {
        if (found is null)
            return;
        json.WriteStartObject(name);
        json.WriteString("source", name == "data" ? results.DataName : string.Create(CultureInfo.InvariantCulture, $"uniform in [{results.Low}, {results.High}]"));
        json.WriteNumber("samples", found.Samples);
        Of(json, "total", found.Totals);
        json.WriteStartArray("layers");
        foreach (SampleMean mean in found.LayerMeans)
            Of(json, null, mean);
        json.WriteEndArray();
        JsonDocumentWriter.Number(json, "seconds", found.Cost.Seconds);
        if (results.PerSample)
        {
            json.WriteStartArray("counts");
            for (int s = 0; s < found.Samples; s++)
            {
                json.WriteStartArray();
                for (int l = 0; l < found.Layers.Length; l++)
                    json.WriteNumberValue(found.Count(s, l));
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Of(Utf8JsonWriter json, string? name, SampleMean mean)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        JsonDocumentWriter.Number(json, "mean", mean.Mean);
        JsonDocumentWriter.Number(json, "standardErrorOverSamples", mean.StandardError);
        JsonDocumentWriter.Number(json, "min", mean.Min);
        JsonDocumentWriter.Number(json, "max", mean.Max);
        json.WriteEndObject();
    }

    private static void Deformation(Utf8JsonWriter json, HullDeformation deformation)
    {
        json.WriteStartObject("deformation");
        JsonDocumentWriter.Number(json, "inputEccentricity", deformation.InputEccentricity);
        JsonDocumentWriter.Number(json, "inputDiameter", deformation.InputDiameter);
        JsonDocumentWriter.Numbers(json, "eccentricities", [.. deformation.Eccentricities.Select(layer => layer.Mean)]);
        JsonDocumentWriter.Numbers(json, "diameters", [.. deformation.Diameters.Select(layer => layer.Mean)]);
        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, ComplexityMap map)
    {
        json.WriteStartObject("map");
        json.WriteNumber("columns", map.Columns);
        json.WriteNumber("rows", map.Rows);
        JsonDocumentWriter.Numbers(json, "extent", [map.MinS, map.MaxS, map.MinT, map.MaxT]);
        JsonDocumentWriter.Number(json, "mean", map.Totals.Mean);
        JsonDocumentWriter.Number(json, "min", map.Totals.Min);
        JsonDocumentWriter.Number(json, "max", map.Totals.Max);
        JsonDocumentWriter.Number(json, "seconds", map.Cost.Seconds);
        json.WriteEndObject();
    }
}
