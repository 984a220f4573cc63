using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Quantiles of a distance of the same inputs in two networks.</summary>
/// <param name="Before">Quantiles of the one network at <see cref="Shares"/>; null where that many inputs have no such distance.</param>
/// <param name="After">Quantiles of the other.</param>
/// <param name="MedianShift">Median of |after - before| by input; null where half of the inputs have none.</param>
public sealed record DistanceShift(ImmutableArray<double?> Before, ImmutableArray<double?> After, double? MedianShift)
{
    /// <summary>Which quantiles: 5 %, a quarter, the median.</summary>
    public static ImmutableArray<double> Shares { get; } = [0.05, 0.25, 0.5];

    /// <summary>Compares.</summary>
    /// <param name="before">Distances, at least 0 or infinite.</param>
    /// <param name="after">As many, of the same inputs.</param>
    public static DistanceShift Of(IReadOnlyList<double> before, IReadOnlyList<double> after) => new(
        [.. Shares.Select(share => Finite(before, share))],
        [.. Shares.Select(share => Finite(after, share))],
        // Infinite in both: no difference that could be told.
        Finite([.. before.Zip(after, (first, second) => double.IsFinite(first) || double.IsFinite(second) ? Math.Abs(second - first) : double.PositiveInfinity)], 0.5));

    private static double? Finite(IReadOnlyList<double> values, double share)
    {
        if (values.Count == 0)
            return null;
        double[] sorted = [.. values.Select(value => double.IsNaN(value) ? double.PositiveInfinity : value).Order()];
        double value = Quantile.OfSorted(sorted, share);
        return double.IsFinite(value) ? value : null;
    }
}
