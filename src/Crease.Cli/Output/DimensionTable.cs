using System.Globalization;
using System.Text;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language dimension</c> says of many prompts: the last token of each.</summary>
internal sealed class DimensionTable(string name, LanguageModel model, AttentionOptions options, IReadOnlyList<(long Row, int Tokens, int[] Dimensions)> prompts, double seconds, CommonWords common)
{
    private int Layers => prompts[0].Dimensions.Length;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("model", name);
        json.WriteString("precision", FeatureReport.Of(model.Precision));
        DimensionReport.Rule(json, options);
        json.WriteNumber("modelLayers", model.Config.Layers);
        json.WriteNumber("heads", model.Config.Heads);
        JsonDocumentWriter.Numbers(json, "means", [.. Enumerable.Range(0, Layers).Select(Mean)]);
        json.WriteStartArray("prompts");
        foreach ((long row, int tokens, int[] dimensions) in prompts)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row);
            json.WriteNumber("tokens", tokens);
            JsonDocumentWriter.Integers(json, "dimensions", dimensions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, seconds, AttentionGeometry.Citations);

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"model",-18} {name}, computed in {FeatureReport.Of(model.Precision)}");
        output.WriteLine($"{"measured",-18} {DimensionReport.Quantity}");
        output.WriteLine($"{"rule",-18} {options.RuleText}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"prompts",-18} {prompts.Count:N0} of {prompts.Sum(prompt => (long)prompt.Tokens):N0} tokens; last token of each"));
        output.WriteLine($"{"layer",5} {"mean",9} {"least",7} {"largest",7} {"with length",12}");
        for (int layer = 0; layer < Layers; layer++)
        {
            int[] own = [.. prompts.Select(prompt => prompt.Dimensions[layer])];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer + 1,5} {Mean(layer),9:F2} {own.Min(),7} {own.Max(),7} {Correlation(layer),12:F3}"));
        }
        output.WriteLine("with length: correlation of the dimension with the number of tokens");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("row,tokens,rule,threshold," + string.Join(',', Enumerable.Range(1, Layers).Select(layer => $"layer{layer}")));
        foreach ((long row, int tokens, int[] dimensions) in prompts)
            writer.WriteLine(FormattableString.Invariant($"{row},{tokens},{DimensionReport.Name(options.Rule)},{options.Threshold},{string.Join(',', dimensions)}"));
    }

    private double Mean(int layer) => prompts.Average(prompt => prompt.Dimensions[layer]);

    private double Correlation(int layer)
    {
        double mean = Mean(layer), length = prompts.Average(prompt => prompt.Tokens), both = 0, own = 0, tokens = 0;
        foreach ((long _, int count, int[] dimensions) in prompts)
        {
            double d = dimensions[layer] - mean, t = count - length;
            (both, own, tokens) = (both + d * t, own + d * d, tokens + t * t);
        }
        return both / Math.Sqrt(own * tokens);
    }
}
