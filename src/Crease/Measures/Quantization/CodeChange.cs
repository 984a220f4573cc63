using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>How codes, classes and nearest boundaries of the same inputs differ between two networks of one graph.</summary>
/// <param name="HammingShares">Per piecewise layer, the mean share of units that are on another piece, in [0, 1].</param>
/// <param name="ChangedRegions">Share of inputs whose code is another one.</param>
/// <param name="ChangedClasses">Share of inputs that are given another class.</param>
/// <param name="Creases">Distances to the border of the region, before, after and their change.</param>
/// <param name="Boundaries">Distances to the decision boundary of the region's map, before, after and their change.</param>
public sealed record CodeChange(ImmutableArray<double> HammingShares, double ChangedRegions, double ChangedClasses, DistanceShift Creases, DistanceShift Boundaries)
{
    /// <summary>Compares.</summary>
    /// <param name="before">The one network at some inputs.</param>
    /// <param name="after">The other network at the same inputs.</param>
    /// <exception cref="ArgumentException">Layers or inputs differ in number.</exception>
    public static CodeChange Of(SampleCodes before, SampleCodes after)
    {
        int count = before.Codes.Length;
        if (after.Codes.Length != count || after.CreaseDistances.Length != before.CreaseDistances.Length || !before.Layers.Select(layer => layer.Shape.Size).SequenceEqual(after.Layers.Select(layer => layer.Shape.Size)))
            throw new ArgumentException($"the networks have {before.Layers.Length} and {after.Layers.Length} piecewise layers at {count} and {after.Codes.Length} inputs; expected the same layers at the same inputs", nameof(after));
        var shares = new double[before.Layers.Length];
        for (int layer = 0; layer < shares.Length; layer++)
        {
            long different = 0, units = 0;
            for (int s = 0; s < count; s++)
            {
                ImmutableArray<int> first = before.Codes[s].Pieces[layer], second = after.Codes[s].Pieces[layer];
                units += first.Length;
                for (int unit = 0; unit < first.Length; unit++)
                    different += first[unit] == second[unit] ? 0 : 1;
            }
            shares[layer] = units == 0 ? 0 : different / (double)units;
        }
        double Share(Func<int, bool> isChanged) => Enumerable.Range(0, count).Count(isChanged) / (double)count;
        return new CodeChange([.. shares], Share(s => !before.Codes[s].Equals(after.Codes[s])), Share(s => before.Classes[s] != after.Classes[s]),
            DistanceShift.Of(before.CreaseDistances, after.CreaseDistances), DistanceShift.Of(before.BoundaryDistances, after.BoundaryDistances));
    }
}
