using System.Globalization;
using System.Text;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language features</c> says of one prompt.</summary>
internal sealed class PromptFeatureReport(string name, LanguageModel model, Tokenizer tokenizer, int[] ids, TokenPlaces places, double seconds, CommonWords common)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("model", name);
        json.WriteString("precision", FeatureReport.Of(model.Precision));
        json.WriteNumber("modelLayers", model.Config.Layers);
        JsonDocumentWriter.Integers(json, "tokens", ids);
        json.WriteStartArray("layers");
        for (int layer = 0; layer < places.Layers; layer++)
        {
            json.WriteStartObject();
            json.WriteNumber("layer", layer + 1);
            JsonDocumentWriter.Numbers(json, "features", Array.ConvertAll(places.Features(layer).ToArray(), value => value ?? double.NaN));
            JsonDocumentWriter.Numbers(json, "signs", [.. Enumerable.Range(0, ids.Length).Select(token => places.Sign(layer, token))]);
            JsonDocumentWriter.Numbers(json, "distances", [.. Enumerable.Range(0, ids.Length).Select(token => places.Distance(layer, token) ?? double.NaN)]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, seconds, [.. FeatureReport.Citations]);

    public void WriteTable(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"model",-18} {name}, {model.Config.Layers} layers of width {model.Config.Width}, computed in {FeatureReport.Of(model.Precision)}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"prompt",-18} {ids.Length} tokens"));
        double?[][] features = [.. Enumerable.Range(0, places.Layers).Select(layer => places.Features(layer).ToArray())];
        FeatureReport.WriteLayers(output, places.Layers, (layer, feature) => features[layer][feature]);
    }

    /// <summary>A line per layer.</summary>
    public void WriteCsv(Stream stream) => Lines(stream, "layer,f1,f2,f3,f4,f5,f6,f7", Enumerable.Range(0, places.Layers).Select(layer =>
        $"{layer + 1},{Cells(places.Features(layer).ToArray())}"));

    /// <summary>A line per token and layer.</summary>
    public void WriteTokens(Stream stream) => Lines(stream, "token,id,layer,sign,distance", Enumerable.Range(0, ids.Length).SelectMany(token => Enumerable.Range(0, places.Layers).Select(layer =>
        $"{token},{ids[token]},{layer + 1},{Cells([places.Sign(layer, token), places.Distance(layer, token)])}")));

    /// <summary>A line per prefix and layer: the features, and by how much its last token has changed each.</summary>
    public void WritePrefixes(Stream stream)
    {
        LayerFeatures[][] features = [.. Enumerable.Range(0, places.Layers).Select(places.FeaturesByPrefix)];
        Lines(stream, "tokens,id,special,layer,f1,f2,f3,f4,f5,f6,f7,change1,change2,change3,change4,change5,change6,change7", Enumerable.Range(0, ids.Length).SelectMany(last => Enumerable.Range(0, places.Layers).Select(layer =>
        {
            double?[] now = features[layer][last].ToArray(), before = last == 0 ? new double?[now.Length] : features[layer][last - 1].ToArray();
            return $"{last + 1},{ids[last]},{(tokenizer.IsSpecial(ids[last]) ? 1 : 0)},{layer + 1},{Cells(now)},{Cells([.. now.Zip(before, (after, earlier) => after is double a && earlier is double b ? Math.Abs(a - b) : (double?)null)])}";
        })));
    }

    private static string Cells(double?[] values) => string.Join(',', values.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? ""));

    private static void Lines(Stream stream, string header, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(header);
        foreach (string line in lines)
            writer.WriteLine(line);
    }
}
