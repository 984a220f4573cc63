namespace Crease.Measures;

/// <summary>How many samples have a crease at which distance, per layer: logarithmic bins of distance against depth.</summary>
public sealed class DistanceHistogram
{
    private readonly int[] _counts;

    private DistanceHistogram(int layers, int bins, double low, double high) =>
        (Layers, Bins, Low, High, _counts) = (layers, bins, low, high, new int[layers * bins]);

    /// <summary>Number of layers.</summary>
    public int Layers { get; }

    /// <summary>Number of bins.</summary>
    public int Bins { get; }

    /// <summary>Lower end of the first bin, as the decimal logarithm of a distance; nearer samples fall into it.</summary>
    public double Low { get; }

    /// <summary>Upper end of the last bin, as the decimal logarithm of a distance; farther samples fall into it.</summary>
    public double High { get; }

    /// <summary>Samples of one layer in one bin; samples that lie on a crease and samples without one are in none.</summary>
    /// <param name="layer">0-based layer.</param>
    /// <param name="bin">0-based bin, nearest first.</param>
    public int Samples(int layer, int bin) => _counts[layer * Bins + bin];

    /// <summary>Middle of a bin, as the decimal logarithm of a distance.</summary>
    /// <param name="bin">0-based bin.</param>
    public double Middle(int bin) => Low + (bin + 0.5) * (High - Low) / Bins;

    /// <summary>The decimal logarithms between which all distances of some tables lie, rounded outward to halves; [-1, 1] where there are none.</summary>
    /// <param name="tables">What was measured.</param>
    public static (double Low, double High) Range(IReadOnlyList<CreaseDistanceTable> tables)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (CreaseDistanceTable table in tables)
        {
            foreach (double distance in table.Distances)
            {
                if (distance > 0 && double.IsFinite(distance))
                    (low, high) = (Math.Min(low, Math.Log10(distance)), Math.Max(high, Math.Log10(distance)));
            }
        }
        (low, high) = (Math.Floor(2 * low) / 2, Math.Ceiling(2 * high) / 2);
        return low < high ? (low, high) : double.IsFinite(low) ? (low - 0.5, low + 0.5) : (-1, 1);
    }

    /// <summary>Counts.</summary>
    /// <param name="table">What was measured.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="low">Decimal logarithm of the smallest distance.</param>
    /// <param name="high">Decimal logarithm of the largest distance, above <paramref name="low"/>.</param>
    /// <param name="isCumulative">Whether a layer's distance is the smallest over all layers up to it.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static DistanceHistogram Of(CreaseDistanceTable table, int bins, double low, double high, bool isCumulative)
    {
        if (bins < 1 || !(low < high) || !double.IsFinite(low) || !double.IsFinite(high))
            throw new ArgumentException(FormattableString.Invariant($"'bins' is {bins} in [{low}, {high}]; expected at least 1 and finite ends, the lower first."), nameof(bins));
        var histogram = new DistanceHistogram(table.Layers.Length, bins, low, high);
        for (int s = 0; s < table.Count; s++)
        {
            for (int l = 0; l < table.Layers.Length; l++)
            {
                double distance = isCumulative ? table.Cumulative(s, l) : table.Distance(s, l);
                if (distance > 0 && double.IsFinite(distance))
                    histogram._counts[l * bins + (int)Math.Clamp((Math.Log10(distance) - low) / (high - low) * bins, 0, bins - 1)]++;
            }
        }
        return histogram;
    }
}
