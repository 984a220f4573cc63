namespace Crease.Lab;

/// <summary>Whether a dimension still grows with the context at the end of a text.</summary>
/// <param name="Before">Mean over the third quarter of the prefixes.</param>
/// <param name="After">Mean over the last quarter.</param>
public readonly record struct ContextTrend(double Before, double After)
{
    /// <summary>Growth from which on a trend is called rising.</summary>
    public const double LeastGrowth = 0.1;

    /// <summary>Fewest prefixes that have a trend.</summary>
    public const int FewestTokens = 8;

    /// <summary>Growth from quarter to quarter, 0 where there is nothing to grow from.</summary>
    public double Growth => Before > 0 ? After / Before - 1 : 0;

    /// <summary>Whether the last quarter is above the one before by more than a tenth. A rule of thumb, not a test.</summary>
    public bool IsRising => Growth > LeastGrowth;

    /// <summary>The trend of a layer, or null for a text of fewer than 8 tokens.</summary>
    /// <param name="dimension">Counts of a text; those of a token are those of the prefix that ends with it.</param>
    /// <param name="layer">Index of the layer.</param>
    public static ContextTrend? Of(AttentionDimension dimension, int layer)
    {
        int tokens = dimension.Tokens, quarter = tokens / 4;
        return tokens < FewestTokens ? null : new ContextTrend(Mean(tokens - 2 * quarter, quarter), Mean(tokens - quarter, quarter));

        double Mean(int first, int count) => Enumerable.Range(first, count).Average(token => dimension.Of(layer, token));
    }
}
