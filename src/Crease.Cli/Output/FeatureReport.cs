using System.Globalization;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language features</c> says of many prompts.</summary>
internal sealed class FeatureReport(string name, LanguageModel? model, FeatureSummary summary, double[]? latency, double seconds, CommonWords common)
{
    public static readonly string[] Citations = ["balestriero2024characterizing"];

    public void WriteJson(Stream stream) => Write(stream, _ => { });

    /// <summary>The document with a row per prompt.</summary>
    public void WriteRows(Stream stream, IEnumerable<FeatureRow> rows) => Write(stream, json =>
    {
        json.WriteStartArray("prompts");
        foreach (FeatureRow row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Row);
            json.WriteNumber("tokens", row.Tokens);
            JsonDocumentWriter.Numbers(json, "features", row.Values);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public void WriteTable(TextWriter output)
    {
        output.WriteLine(model is null ? $"{"model",-18} {name}" : string.Create(CultureInfo.InvariantCulture, $"{"model",-18} {name}, {model.Config.Layers} layers of width {model.Config.Width}, computed in {Of(model.Precision)}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"prompts",-18} {summary.Texts:N0} of {summary.Tokens:N0} tokens"));
        output.WriteLine("mean over the prompts of each layer's features (f1 to f7)");
        WriteLayers(output, summary.Layers, summary.Mean);
        if (latency is not null)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"time to a layer",-18} {1000 * latency[0]:G3} ms to the first, {1000 * latency[^1]:G3} ms to layer {latency.Length}, one prompt at a time"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"time",-18} {seconds:F2} s, {summary.Texts / seconds:N0} prompts and {summary.Tokens / seconds:N0} tokens a second"));
    }

    public static string Of(ComputingPrecision precision) => precision switch
    {
        ComputingPrecision.Bits64 => "float64",
        ComputingPrecision.Brain16 => "bfloat16, statistics in float32",
        ComputingPrecision.Mixed => "float32, weights kept in 16 bits",
        _ => "float32",
    };

    /// <summary>A line per layer with its seven features.</summary>
    public static void WriteLayers(TextWriter output, int layers, Func<int, int, double?> value)
    {
        output.WriteLine($"{"layer",5} {"mean sign",10} {"least",8} {"largest",8} {"dev.",8} {"least dist",10} {"mean dist",10} {"dev.",10}");
        for (int layer = 0; layer < layers; layer++)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{layer + 1,5}"));
            for (int feature = 0; feature < LayerFeatures.Count; feature++)
                output.Write(' ' + Cell(value(layer, feature), feature is 0 or > 3 ? 10 : 8));
            output.WriteLine();
        }
    }

    private static string Cell(double? value, int width) => (value is double number ? number.ToString("G4", CultureInfo.InvariantCulture) : "-").PadLeft(width);

    private void Write(Stream stream, Action<Utf8JsonWriter> more) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("model", name);
        json.WriteString("precision", model is null ? "float64" : Of(model.Precision));
        json.WriteNumber("modelLayers", model?.Config.Layers ?? summary.Layers);
        json.WriteNumber("prompts", summary.Texts);
        json.WriteNumber("tokens", summary.Tokens);
        JsonDocumentWriter.Texts(json, "features", LayerFeatures.Names);
        json.WriteStartArray("layers");
        for (int layer = 0; layer < summary.Layers; layer++)
        {
            json.WriteStartObject();
            json.WriteNumber("layer", layer + 1);
            JsonDocumentWriter.Numbers(json, "means", [.. Enumerable.Range(0, LayerFeatures.Count).Select(feature => summary.Mean(layer, feature) ?? double.NaN)]);
            json.WriteStartArray("undefined");
            for (int feature = 0; feature < LayerFeatures.Count; feature++)
                json.WriteNumberValue(summary.Undefined(layer, feature));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (latency is not null)
            JsonDocumentWriter.Numbers(json, "secondsToLayer", latency);
        more(json);
    }, "complete", "exact", common.Seed, seconds, [.. Citations]);
}
