using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>The seven spline features of a text at one layer; null is a value that is not defined.</summary>
/// <remarks>
/// Source: Balestriero et al. (<c>balestriero2024characterizing</c>): mean, least, largest and deviation over tokens of the share of positive gate
/// units; least, mean and deviation of the distance to the nearest gate hyperplane. Deviations divide by tokens minus 1.
/// </remarks>
/// <param name="MeanSign">f1, in [0, 1].</param>
/// <param name="LeastSign">f2, in [0, 1].</param>
/// <param name="LargestSign">f3, in [0, 1].</param>
/// <param name="SignDeviation">f4; null for one token.</param>
/// <param name="LeastDistance">f5, from 0; null where no unit has weights.</param>
/// <param name="MeanDistance">f6, from 0; null where no unit has weights.</param>
/// <param name="DistanceDeviation">f7; null for one token, or where no unit has weights.</param>
public readonly record struct LayerFeatures(double MeanSign, double LeastSign, double LargestSign, double? SignDeviation, double? LeastDistance, double? MeanDistance, double? DistanceDeviation)
{
    /// <summary>Number of features of a layer.</summary>
    public const int Count = 7;

    /// <summary>Names of the features in their order.</summary>
    public static ImmutableArray<string> Names { get; } = ["mean sign", "least sign", "largest sign", "sign deviation", "least distance", "mean distance", "distance deviation"];

    /// <summary>The features in their order. Shape [7].</summary>
    public double?[] ToArray() => [MeanSign, LeastSign, LargestSign, SignDeviation, LeastDistance, MeanDistance, DistanceDeviation];
}
