using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>Crossings on the segments from one input.</summary>
/// <param name="Index">0-based row of the input.</param>
/// <param name="Adversarial">To its adversarial twin.</param>
/// <param name="Random">To random points at the same distance.</param>
/// <param name="Other">0-based row of the nearest input of another class, in L2; -1 where there is none.</param>
/// <param name="Toward">The way to that input, as far as the adversarial twin is, or whole where it is nearer; null where there is none or it was not asked for.</param>
/// <param name="Whole">The whole way to it; null where there is none or it was not asked for.</param>
public sealed record ConcentrationRow(int Index, SegmentCrossings Adversarial, ImmutableArray<SegmentCrossings> Random, int Other, SegmentCrossings? Toward, SegmentCrossings? Whole)
{
    /// <summary>The crossings per unit of length of one kind of segment; the mean for the random ones, null where there is no other class.</summary>
    /// <param name="kind">Which segment.</param>
    /// <param name="layer">0-based layer, or null for all.</param>
    public double? Density(SegmentKind kind, int? layer = null) => kind switch
    {
        SegmentKind.Adversarial => Of(Adversarial, layer),
        SegmentKind.Random => Random.Average(each => Of(each, layer)),
        SegmentKind.Toward => Toward is null ? null : Of(Toward, layer),
        _ => Whole is null ? null : Of(Whole, layer),
    };

    private static double Of(SegmentCrossings crossings, int? layer) => layer is int one ? crossings.DensityOf(one) : crossings.Density;
}
