using System.Numerics.Tensors;

namespace Crease.Networks;

/// <summary>Rounds numbers to a uniform grid of 2^b values at most, and keeps them as numbers (fake quantization).</summary>
/// <remarks>
/// Notation: w ↔ weights, ŵ ↔ rounded, D ↔ step, b ↔ bits, z ↔ the integer that stands for zero.
/// Symmetric, b ≥ 2: n = 2^(b-1) - 1, D = max|w| / n, ŵ = D clip(round(w / D), -n, n); b = 1: ŵ = mean|w| sign(w), where zero counts as positive.
/// Asymmetric, b ≥ 2: n = 2^b - 1, D = (max(w, 0) - min(w, 0)) / n, z = round(-min(w, 0) / D), ŵ = D (clip(round(w / D) + z, 0, n) - z), so that zero stays zero;
/// b = 1: the mean of the weights on the same side of their mean. Halves are rounded away from zero.
/// Exactness: D is cut to 37 bits, so that every product with an integer of 16 bits is exact and rounding twice is rounding once, bit by bit. For b ≥ 2,
/// |w - ŵ| ≤ D / 2 up to the rounding of w / D, and 2^-19 of it where the grid is asymmetric.
/// </remarks>
public static class UniformQuantizer
{
    private const long LowBits = 0xFFFF;

    /// <summary>Rounds numbers that share a grid.</summary>
    /// <param name="weights">Finite numbers, at least one.</param>
    /// <param name="options">Bits and symmetry.</param>
    /// <param name="rounded">Shape of <paramref name="weights"/>; overwritten.</param>
    /// <returns>D, the distance of neighboring grid points; 0 where all numbers are equal to one, or so small that D would vanish: they stay as they are.</returns>
    /// <exception cref="ArgumentException">Bits or lengths are out of range.</exception>
    public static double Round(ReadOnlySpan<double> weights, QuantizationOptions options, Span<double> rounded)
    {
        options.Check();
        if (weights.Length == 0 || rounded.Length != weights.Length)
            throw new ArgumentException($"'rounded' has {rounded.Length} entries and 'weights' {weights.Length}; expected as many of each, at least one.", nameof(rounded));
        return (options.Bits, options.IsSymmetric) switch
        {
            (1, true) => Signs(weights, rounded),
            (1, false) => Halves(weights, rounded),
            (_, true) => Symmetric(weights, (1 << (options.Bits - 1)) - 1, rounded),
            _ => Asymmetric(weights, (1 << options.Bits) - 1, rounded),
        };
    }

    private static double Symmetric(ReadOnlySpan<double> weights, int most, Span<double> rounded) =>
        Onto(weights, Math.Abs(TensorPrimitives.MaxMagnitude(weights)) / most, _ => (-most, most), rounded);

    private static double Asymmetric(ReadOnlySpan<double> weights, int most, Span<double> rounded)
    {
        double low = Math.Min(TensorPrimitives.Min(weights), 0), high = Math.Max(TensorPrimitives.Max(weights), 0);
        // Halves: the difference of the ends may overflow.
        return Onto(weights, (high / 2 - low / 2) / most * 2, step => Ends(Nearest(-low / step)), rounded);

        (double, double) Ends(double zero) => (-zero, most - zero);
    }

    private static double Onto(ReadOnlySpan<double> weights, double exactStep, Func<double, (double Low, double High)> ends, Span<double> rounded)
    {
        double step = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(exactStep) & ~LowBits);
        if (step == 0)
        {
            weights.CopyTo(rounded);
            return 0;
        }
        (double low, double high) = ends(step);
        for (int i = 0; i < weights.Length; i++)
            rounded[i] = step * Math.Clamp(Nearest(weights[i] / step), low, high);
        return step;
    }

    private static double Nearest(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    private static double Signs(ReadOnlySpan<double> weights, Span<double> rounded)
    {
        double size = Mean([.. weights.ToArray().Select(Math.Abs)]);
        for (int i = 0; i < weights.Length; i++)
            rounded[i] = weights[i] < 0 ? -size : size;
        return 2 * size;
    }

    private static double Halves(ReadOnlySpan<double> weights, Span<double> rounded)
    {
        double[] all = weights.ToArray();
        double middle = Mean(all);
        double[] below = [.. all.Where(weight => weight < middle)], rest = [.. all.Where(weight => !(weight < middle))];
        double high = Mean(rest), low = below.Length == 0 ? high : Mean(below);
        for (int i = 0; i < weights.Length; i++)
            rounded[i] = weights[i] < middle ? low : high;
        return high - low;
    }

    // The mean of equal numbers is that number, whatever their sum is rounded to.
    private static double Mean(double[] values)
    {
        double low = TensorPrimitives.Min<double>(values), high = TensorPrimitives.Max<double>(values);
        return low == high ? low : Math.Clamp(values.Average(), low, high);
    }
}
