using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How much an affine map stretches volume: √det(A'A), the product of its singular values.</summary>
/// <remarks>Notation: A_ω ↔ slopes of shape [outputs, inputs]. Computed as a sum of logarithms of singular values. Source: <c>humayun2022magnet</c>; the change of variables is tested, not taken from it. Exactness: float64.</remarks>
public static class VolumeElement
{
    private const double RankTolerance = 1e-12;

    /// <summary>The logarithm of the volume element.</summary>
    /// <param name="slopes">Shape [outputs, inputs], row-major, finite.</param>
    /// <param name="inputs">Number of columns, at least 1.</param>
    /// <param name="top">Only so many singular values, the largest; null for all.</param>
    /// <returns>Natural logarithm; negative infinity where the map is rank-deficient, to 1e-12 of its largest singular value, among the values asked for.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or <paramref name="top"/> is out of range.</exception>
    public static double Log(ReadOnlySpan<double> slopes, int inputs, int? top = null)
    {
        if (inputs < 1 || slopes.IsEmpty || slopes.Length % inputs != 0)
            throw new ArgumentException($"'slopes' has {slopes.Length} entries for {inputs} inputs; expected shape [outputs, inputs].", nameof(slopes));
        if (top is int asked && (asked < 1 || asked > inputs))
            throw new ArgumentException($"'top' is {top}; expected 1 to {inputs}.", nameof(top));
        double[] values = SingularValues.Of(slopes, inputs);
        int used = top ?? inputs;
        if (used > values.Length || !(values[used - 1] > RankTolerance * values[0]))
            return double.NegativeInfinity;
        double sum = 0;
        for (int i = 0; i < used; i++)
            sum += Math.Log(values[i]);
        return sum;
    }
}
