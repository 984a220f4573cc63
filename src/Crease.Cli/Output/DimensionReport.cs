using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language dimension</c> says of one prompt.</summary>
internal sealed class DimensionReport(string name, LanguageModel model, Tokenizer tokenizer, int[] ids, AttentionGeometry found, double seconds, CommonWords common)
{
    /// <summary>What every table, document and figure calls the quantity.</summary>
    public const string Quantity = "attention dimension (not the intrinsic dimension of data)";

    private readonly AttentionDimension _dimension = found.Dimension;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("model", name);
        json.WriteString("precision", FeatureReport.Of(model.Precision));
        Rule(json, found.Options);
        json.WriteNumber("modelLayers", model.Config.Layers);
        json.WriteNumber("heads", _dimension.Heads);
        json.WriteNumber("width", found.Width);
        json.WriteNumber("units", found.Units);
        JsonDocumentWriter.Integers(json, "tokens", ids);
        JsonDocumentWriter.Texts(json, "tokenTexts", ids.Select(id => Text(tokenizer, id)));
        json.WriteStartArray("layers");
        for (int layer = 0; layer < found.Layers; layer++)
            WriteLayer(json, layer);
        json.WriteEndArray();
        json.WriteBoolean("lastLayerRises", ContextTrend.Of(_dimension, found.Layers - 1)?.IsRising ?? false);
    }, "complete", "exact", common.Seed, seconds, AttentionGeometry.Citations);

    public void WriteTable(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"model",-18} {name}, {model.Config.Layers} layers of {_dimension.Heads} heads and width {found.Width}, computed in {FeatureReport.Of(model.Precision)}"));
        output.WriteLine($"{"measured",-18} {Quantity}");
        output.WriteLine($"{"rule",-18} {found.Options.RuleText}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"prompt",-18} {ids.Length} tokens; numbers of the last one, at most {_dimension.Heads * ids.Length} per layer"));
        output.WriteLine($"{"layer",5} {"dimension",9} {"per head",9} {"exact",6} {"all seen",8} {"density",8} {"log10 regions",14} {"by exact",9}");
        for (int layer = 0; layer < found.Layers; layer++)
        {
            int[] heads = Heads(layer);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer + 1,5} {_dimension.Of(layer),9} {$"{heads.Min()}-{heads.Max()}",9} {found.Reach(layer)!.Value.Rank,6} {found.WholeReach(layer).Rank,8} {Densities(layer).Average(),8:F3} {BigInteger.Log10(found.RegionsByCount(layer)),14:F2} {BigInteger.Log10(found.RegionsByRank(layer)),9:F2}"));
        }
        output.WriteLine($"{"context",-18} {Trend(ContextTrend.Of(_dimension, found.Layers - 1))}");
    }

    /// <summary>A line per layer, token and head, and one per layer and token for all heads.</summary>
    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("rule,threshold,layer,token,id,head,dimension,density,exact,bound");
        string rule = FormattableString.Invariant($"{Name(found.Options.Rule)},{found.Options.Threshold}");
        for (int layer = 0; layer < found.Layers; layer++)
        {
            for (int token = 0; token < ids.Length; token++)
            {
                for (int head = 0; head < _dimension.Heads; head++)
                    writer.WriteLine(FormattableString.Invariant($"{rule},{layer + 1},{token},{ids[token]},{head + 1},{_dimension.Of(layer, head, token)},{found.Density(layer, head, token):R},,"));
                ReachDimension? reach = found.Reach(layer, token);
                writer.WriteLine(FormattableString.Invariant($"{rule},{layer + 1},{token},{ids[token]},all,{_dimension.Of(layer, token)},,{reach?.Rank},{reach?.Bound}"));
            }
        }
    }

    /// <summary>The rule, in the words that all documents share.</summary>
    public static void Rule(Utf8JsonWriter json, AttentionOptions options)
    {
        json.WriteString("quantity", Quantity);
        json.WriteString("rule", Name(options.Rule));
        json.WriteNumber("threshold", options.Threshold);
        json.WriteString("ruleText", options.RuleText);
    }

    /// <summary>A token as it may stand on an axis.</summary>
    public static string Text(Tokenizer tokenizer, int id)
    {
        string text = tokenizer.TokenText(id).Replace('▁', ' ').Replace('Ġ', ' ').Replace('Ċ', '\n'), bare = text.Trim();
        return bare.Length > 0 ? bare.Replace("\n", "↵", StringComparison.Ordinal) : text.Contains('\n') ? "↵" : "space";
    }

    public static string Name(AttentionRule rule) => rule == AttentionRule.Relative ? "relative" : "absolute";

    public static string Trend(ContextTrend? trend) => trend is not ContextTrend known ? $"fewer than {ContextTrend.FewestTokens} tokens: no trend of the last layer"
        : string.Create(CultureInfo.InvariantCulture, $"last layer {(known.IsRising ? "RISING" : "not rising")}: {known.Before:F1} in the third, {known.After:F1} in the last quarter of the prefixes ({100 * known.Growth:+0;-0;0} %)");

    private int[] Heads(int layer) => [.. Enumerable.Range(0, _dimension.Heads).Select(head => _dimension.Of(layer, head, ids.Length - 1))];

    private double[] Densities(int layer) => [.. Enumerable.Range(0, _dimension.Heads).Select(head => found.Density(layer, head))];

    private void WriteLayer(Utf8JsonWriter json, int layer)
    {
        json.WriteStartObject();
        json.WriteNumber("layer", layer + 1);
        json.WriteNumber("dimension", _dimension.Of(layer));
        JsonDocumentWriter.Integers(json, "headDimensions", Heads(layer));
        JsonDocumentWriter.Numbers(json, "headDensities", Densities(layer));
        Reach(json, "exact", found.Reach(layer)!.Value);
        Reach(json, "exactOfAllSeen", found.WholeReach(layer));
        json.WriteStartObject("regionBound");
        Regions(json, "byDimension", found.RegionsByCount(layer));
        Regions(json, "byExact", found.RegionsByRank(layer));
        json.WriteEndObject();
        JsonDocumentWriter.Integers(json, "dimensionByToken", [.. Enumerable.Range(0, ids.Length).Select(token => _dimension.Of(layer, token))]);
        if (found.Options.ExactEverywhere)
            JsonDocumentWriter.Integers(json, "exactByToken", [.. Enumerable.Range(0, ids.Length).Select(token => found.Reach(layer, token)!.Value.Rank)]);
        if (ContextTrend.Of(_dimension, layer) is ContextTrend trend)
        {
            json.WriteStartObject("trend");
            json.WriteNumber("before", trend.Before);
            json.WriteNumber("after", trend.After);
            json.WriteNumber("growth", trend.Growth);
            json.WriteBoolean("isRising", trend.IsRising);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Reach(Utf8JsonWriter json, string field, ReachDimension reach)
    {
        json.WriteStartObject(field);
        json.WriteNumber("rank", reach.Rank);
        json.WriteNumber("bound", reach.Bound);
        json.WriteEndObject();
    }

    // Thousands of digits are of no use to a reader, and exact to a program that wants them.
    private static void Regions(Utf8JsonWriter json, string field, BigInteger regions)
    {
        json.WriteStartObject(field);
        json.WriteString("exact", regions.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("log10", BigInteger.Log10(regions));
        json.WriteEndObject();
    }
}
