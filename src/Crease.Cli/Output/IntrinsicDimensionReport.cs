using System.Globalization;
using System.Text.Json;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What <c>crease dimension</c> says about its result: a JSON document or a short table.</summary>
internal sealed class IntrinsicDimensionReport(DimensionResults results, CommonWords words)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("data", results.Name);
        if (results.Call.Model is not null)
            json.WriteString("network", results.Call.Model);
        if (results.Cloud is { } cloud)
            Cloud(json, cloud);
        Estimates(json, "estimates", results.Estimates);
        if (results.Classes.Length > 0)
        {
            json.WriteStartArray("classes");
            foreach ((string name, PointCloud points, var estimates) in results.Classes)
            {
                json.WriteStartObject();
                json.WriteString("class", name);
                Cloud(json, points);
                Estimates(json, "estimates", estimates);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        Scales(json, "scales", "rank", results.Ranks);
        Scales(json, "blocks", "parts", results.Blocks);
        if (results.Layers.Length > 0)
            Layers(json);
    }, results.HasValue ? "complete" : "undefined", "sampled", words.Seed, results.Seconds, ["facco2017twonn", "denti2022gride", "levina2004mle"]);

    public void WriteTable(TextWriter output)
    {
        if (results.Cloud is { } cloud)
            Line(output, "points", $"{Points(cloud)} of {results.Name}");
        foreach (DimensionEstimate found in results.Estimates)
            Line(output, found.Estimator, $"{Text(found)}  {found.Convention}");
        foreach ((string name, PointCloud points, var estimates) in results.Classes)
        {
            Line(output, "class " + name, $"{points.Count:N0} points");
            foreach (DimensionEstimate found in estimates)
                Line(output, "  " + found.Estimator, $"{Text(found)}");
        }
        Scales(output, "rank", results.Ranks);
        Scales(output, "parts", results.Blocks);
        for (int l = 0; l < results.Layers.Length; l++)
        {
            LayerDimension layer = results.Layers[l];
            Line(output, $"layer {l}", $"{layer.Kind} {layer.Name}, {layer.Units:N0} units, {layer.Points:N0} different points{(layer.Merged > 0 ? $" ({layer.Merged:N0} repeat others)" : "")}");
            foreach (DimensionEstimate found in layer.Estimates)
                Line(output, "  " + found.Estimator, $"{Text(found)}");
        }
        foreach (string warning in Warnings())
            Line(output, "note", $"{warning}");
        Line(output, "time", $"{results.Seconds:F3} s");
        Line(output, "status", $"{(results.HasValue ? "complete" : "undefined")}, sampled; intervals hold 95 % of the scatter, not the bias");
    }

    private static void Scales(TextWriter output, string name, IReadOnlyList<DimensionScale> scales)
    {
        foreach (DimensionScale scale in scales)
            Line(output, $"{name} {scale.Rank}", $"{Text(scale.Estimate)}  {(name == "rank" ? $"and {2 * scale.Rank}" : $"of {scale.Points.ToString("N0", CultureInfo.InvariantCulture)} points")}, mean distance {scale.Distance:G4}");
    }

    // Each once, with the estimators it is about.
    private IEnumerable<string> Warnings() => results.Estimates
        .SelectMany(found => found.Warnings.Select(warning => (found.Estimator, warning)))
        .GroupBy(pair => pair.warning, pair => pair.Estimator)
        .Select(group => $"{string.Join(", ", group)}: {group.Key}")
        .Concat(Remarks());

    private IEnumerable<string> Remarks() => new[] { DimensionScales.Remark(results.Ranks), DimensionScales.Remark(results.Blocks) }.Where(remark => remark is not null).Select(remark => remark!).Distinct();

    private static string Points(PointCloud cloud)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{cloud.Count:N0}");
        if (cloud.Columns > 0)
            text += string.Create(CultureInfo.InvariantCulture, $" in {cloud.Columns:N0} columns{(cloud.ConstantColumns > 0 ? $" ({cloud.ConstantColumns:N0} constant)" : "")}");
        if (cloud.Duplicates > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {cloud.Duplicates:N0} duplicates left out");
        return cloud.NotFinite > 0 ? text + string.Create(CultureInfo.InvariantCulture, $", {cloud.NotFinite:N0} unusable rows left out") : text;
    }

    private static string Text(DimensionEstimate found) => found.Value is not double value ? $"undefined: {found.Advice}"
        : string.Create(CultureInfo.InvariantCulture, $"{value,7:F3}{(found.Interval is { } interval ? $" [{interval.Low:F3}, {interval.High:F3}]" : "")}");

    private static void Line(TextWriter output, string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");

    private static void Cloud(Utf8JsonWriter json, PointCloud cloud)
    {
        json.WriteNumber("points", cloud.Count);
        json.WriteNumber("given", cloud.Given);
        json.WriteNumber("duplicates", cloud.Duplicates);
        json.WriteNumber("notFinite", cloud.NotFinite);
        json.WriteNumber("columns", cloud.Columns);
        json.WriteNumber("constantColumns", cloud.ConstantColumns);
        json.WriteString("metric", cloud.Metric?.ToString().ToLowerInvariant() ?? "precomputed");
    }

    private void Estimates(Utf8JsonWriter json, string name, IReadOnlyList<DimensionEstimate> estimates)
    {
        json.WriteStartArray(name);
        foreach (DimensionEstimate found in estimates)
            Estimate(json, found);
        json.WriteEndArray();
    }

    private void Estimate(Utf8JsonWriter json, DimensionEstimate found)
    {
        json.WriteStartObject();
        json.WriteString("estimator", found.Estimator);
        json.WriteString("convention", found.Convention);
        JsonDocumentWriter.Number(json, "value", found.Value);
        if (found.Interval is { } interval)
        {
            JsonDocumentWriter.Numbers(json, "interval", [interval.Low, interval.High]);
            json.WriteString("intervalMethod", interval.Method);
        }
        json.WriteNumber("points", found.Points);
        json.WriteNumber("dropped", found.Dropped);
        json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(found.Status.ToString()));
        if (found.Advice.Length > 0)
            json.WriteString("advice", found.Advice);
        JsonDocumentWriter.Texts(json, "warnings", found.Warnings);
        if (results.Call.Pointwise && found.Pointwise is { } local)
            JsonDocumentWriter.Numbers(json, "pointwise", [.. local.Select(value => value ?? double.NaN)]);
        json.WriteEndObject();
    }

    private void Scales(Utf8JsonWriter json, string name, string label, IReadOnlyList<DimensionScale> scales)
    {
        if (scales.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (DimensionScale scale in scales)
        {
            json.WriteStartObject();
            json.WriteNumber(label, scale.Rank);
            json.WriteNumber("points", scale.Points);
            JsonDocumentWriter.Number(json, "distance", scale.Distance);
            json.WritePropertyName("estimate");
            Estimate(json, scale.Estimate);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Layers(Utf8JsonWriter json)
    {
        json.WriteStartArray("layers");
        foreach (LayerDimension layer in results.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            json.WriteNumber("units", layer.Units);
            json.WriteNumber("points", layer.Points);
            json.WriteNumber("merged", layer.Merged);
            Estimates(json, "estimates", layer.Estimates);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
