using Crease.Lab;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Figures of the attention dimension of one prompt.</summary>
internal static class DimensionFigures
{
    private const int MostTokens = 4096;

    /// <summary>Heat maps: layer × token, layer × head, and the densities of the heads.</summary>
    public static MatrixFigure Map(string name, Tokenizer tokenizer, int[] ids, AttentionGeometry found, string? title, int? width)
    {
        AttentionDimension dimension = found.Dimension;
        int first = Math.Max(0, ids.Length - MostTokens);
        int[] tokens = [.. Enumerable.Range(first, ids.Length - first)], layers = [.. Enumerable.Range(0, found.Layers)], heads = [.. Enumerable.Range(0, dimension.Heads)];
        string[] layerNames = [.. layers.Select(layer => $"{layer + 1}")], headNames = [.. heads.Select(head => $"{head + 1}")], tokenNames = [.. tokens.Select(token => DimensionReport.Text(tokenizer, ids[token]))];
        List<MatrixPanel> panels =
        [
            new("All heads, from every token", "layer", "token that looks", layerNames, tokenNames, [.. layers.SelectMany(layer => tokens.Select(token => (double)dimension.Of(layer, token)))])
            { ValueLabel = "attended tokens, summed over heads" },
            new("Each head, from the last token", "layer", "head", layerNames, headNames, [.. layers.SelectMany(layer => heads.Select(head => (double)dimension.Of(layer, head, ids.Length - 1)))])
            { ValueLabel = "attended tokens" },
            new("Graph density of each head, from the last token", "layer", "head", layerNames, headNames, [.. layers.SelectMany(layer => heads.Select(head => found.Density(layer, head)))])
            { ValueLabel = FormattableString.Invariant($"share of tokens with attention above {found.Options.Threshold}") },
        ];
        if (found.Options.ExactEverywhere)
        {
            panels.Insert(1, new MatrixPanel("Exact affine dimension of what the counted tokens reach", "layer", "token that looks", layerNames, tokenNames, [.. layers.SelectMany(layer => tokens.Select(token => (double)found.Reach(layer, token)!.Value.Rank))])
            { ValueLabel = $"dimension, at most {found.Width}" });
        }
        MatrixFigureOptions options = MatrixFigureOptions.Default with
        {
            Title = title ?? $"{name}: attention dimension",
            Subtitle = $"not the intrinsic dimension of data; {found.Options.RuleText}; {ids.Length} tokens",
            Notes =
            [
                $"Shown is the {DimensionReport.Quantity}, by the {found.Options.RuleText}.",
                "A count of attended tokens bounds the dimension of what attention can reach from a token; it says nothing of meaning, and it grows with the length of the text.",
                DimensionReport.Trend(ContextTrend.Of(dimension, found.Layers - 1)),
            ],
        };
        return MatrixFigure.Of(panels, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    /// <summary>The dimension against the length of the context: first, middle and last layer.</summary>
    public static CurvesFigure Prefixes(string name, AttentionGeometry found, string? title, int? width)
    {
        AttentionDimension dimension = found.Dimension;
        int last = found.Layers - 1;
        double[] lengths = [.. Enumerable.Range(1, found.Tokens).Select(tokens => (double)tokens)];
        int[] layers = [.. new[] { 0, last / 2, last }.Distinct()];
        var panel = new CurvePanel("attended tokens, summed over heads", [.. layers.Select((layer, index) => new Curve($"layer {layer + 1}{(layer == last ? " (last)" : "")}", lengths, [.. Enumerable.Range(0, found.Tokens).Select(token => (double)dimension.Of(layer, token))]) { ColorIndex = index })]) { Title = DimensionReport.Trend(ContextTrend.Of(dimension, last)) };
        CurvesFigureOptions options = CurvesFigureOptions.Default with
        {
            Title = title ?? $"{name}: attention dimension of the last token against context",
            Subtitle = $"not the intrinsic dimension of data; {found.Options.ShortRule}",
            XLabel = "context length (tokens)",
            XIsWhole = true,
        };
        return CurvesFigure.Of([panel], width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }
}
