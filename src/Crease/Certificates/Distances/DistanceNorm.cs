using System.Numerics.Tensors;

namespace Crease.Certificates;

/// <summary>A norm on inputs.</summary>
/// <param name="Name">The word: <c>linf</c>, <c>l2</c> or <c>l1</c>.</param>
/// <param name="Symbol">As people write it.</param>
public sealed record DistanceNorm(string Name, string Symbol)
{
    /// <summary>The largest change of an element.</summary>
    public static DistanceNorm Linf { get; } = new("linf", "L∞");

    /// <summary>The Euclidean length.</summary>
    public static DistanceNorm L2 { get; } = new("l2", "L2");

    /// <summary>The sum of absolute changes.</summary>
    public static DistanceNorm L1 { get; } = new("l1", "L1");

    /// <summary>All three.</summary>
    public static IReadOnlyList<DistanceNorm> All { get; } = [Linf, L2, L1];

    /// <summary>The norm of a vector, in float64.</summary>
    public double Of(ReadOnlySpan<double> vector) =>
        this == Linf ? Math.Abs(TensorPrimitives.MaxMagnitude(vector)) : this == L2 ? TensorPrimitives.Norm(vector) : TensorPrimitives.SumOfMagnitudes(vector);

    /// <summary>The distance of two points, rounded up.</summary>
    internal double LengthAbove(ReadOnlySpan<double> point, ReadOnlySpan<double> from)
    {
        var offsets = new double[point.Length];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = point[i] == from[i] ? 0 : Math.BitIncrement(Math.Abs(point[i] - from[i]));
        return Of(offsets) * (1 + (offsets.Length + 4) * 2 * RoundingError.Unit);
    }

    /// <summary>The dual norm: the largest value of a linear function on the unit ball.</summary>
    public double Dual(ReadOnlySpan<double> slopes) => this == Linf ? L1.Of(slopes) : this == L1 ? Linf.Of(slopes) : L2.Of(slopes);
}
