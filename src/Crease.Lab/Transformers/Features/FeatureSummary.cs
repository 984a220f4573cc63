namespace Crease.Lab;

/// <summary>Mean of each feature over texts, and how often it is not defined.</summary>
public sealed class FeatureSummary
{
    private readonly double[] _sums;
    private readonly long[] _counts;

    /// <param name="layers">Number of layers.</param>
    public FeatureSummary(int layers) => (Layers, _sums, _counts) = (layers, new double[layers * LayerFeatures.Count], new long[layers * LayerFeatures.Count]);

    /// <summary>Number of layers.</summary>
    public int Layers { get; }

    /// <summary>Number of texts.</summary>
    public long Texts { get; private set; }

    /// <summary>Number of tokens of all texts.</summary>
    public long Tokens { get; private set; }

    /// <summary>Adds texts.</summary>
    public void AddAll(IEnumerable<FeatureRow> rows)
    {
        foreach (FeatureRow row in rows)
        {
            Texts++;
            Tokens += row.Tokens;
            for (int at = 0; at < _sums.Length; at++)
            {
                if (double.IsNaN(row.Values[at]))
                    continue;
                _sums[at] += row.Values[at];
                _counts[at]++;
            }
        }
    }

    /// <summary>Mean of a feature over the texts that have it, or null where none has.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="feature">Index of the feature.</param>
    public double? Mean(int layer, int feature) => _counts[Place(layer, feature)] is var count && count > 0 ? _sums[Place(layer, feature)] / count : null;

    /// <summary>Number of texts that do not have a feature.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="feature">Index of the feature.</param>
    public long Undefined(int layer, int feature) => Texts - _counts[Place(layer, feature)];

    private static int Place(int layer, int feature) => layer * LayerFeatures.Count + feature;
}
