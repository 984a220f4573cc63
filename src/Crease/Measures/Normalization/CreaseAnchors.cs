using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The points of input space that the creases of a normalized second layer all pass through, and where such a point lies for two clusters.</summary>
/// <remarks>
/// Notation: g the mean of the inputs, g1 the mean of the first layer's output, s the scales of the first layer, y the solution of a(y_k / s_k) = g1_k; the anchor x solves W (x - g) = y.
/// Source: section 4, eqs. 9-12 of <c>riedi2026provable</c>. Exactness: float64, for the layer's own inputs: the results do not transfer to compositions.
/// </remarks>
public static class CreaseAnchors
{
    /// <summary>The point that a first layer with as many units as inputs maps to the mean of its outputs.</summary>
    /// <param name="weights">W. Shape [n, n], row-major.</param>
    /// <param name="activation">The first layer's function, increasing on the side that is asked for: ReLU, leaky ReLU, or the positive branch of the absolute value.</param>
    /// <param name="center">g. Shape [n].</param>
    /// <param name="scales">s, positive. Shape [n].</param>
    /// <param name="mean">g1. Shape [n].</param>
    /// <returns>Shape [n], or null where W is singular or an output mean is not a value of the function.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or a scale is not positive.</exception>
    public static double[]? Of(ReadOnlySpan<double> weights, PiecewiseLinear activation, ReadOnlySpan<double> center, ReadOnlySpan<double> scales, ReadOnlySpan<double> mean)
    {
        int n = center.Length;
        if (weights.Length != n * n || scales.Length != n || mean.Length != n)
            throw new ArgumentException($"'weights', 'scales' and 'mean' have {weights.Length}, {scales.Length} and {mean.Length} entries; expected {n * n}, {n} and {n} for a center of {n}.");
        var projections = new double[n];
        for (int k = 0; k < n; k++)
        {
            if (!(scales[k] > 0))
                throw new ArgumentException(FormattableString.Invariant($"'scales' holds {scales[k]} at index {k}; expected positive numbers."), nameof(scales));
            if (Inverse(activation, k, mean[k]) is not double value)
                return null;
            projections[k] = scales[k] * value;
        }
        double[]? shift = LinearSolve.Of(weights, projections);
        for (int i = 0; i < n && shift is not null; i++)
            shift[i] += center[i];
        return shift;
    }

    /// <summary>The point that all creases of a layer share, if they do: the layer is centered.</summary>
    /// <param name="weights">Shape [units, inputs], row-major.</param>
    /// <param name="offsets">c of the creases {w·x = c}. Shape [units].</param>
    /// <returns>Shape [inputs]: the least-squares solution of W x = c where it solves it to 1e-9 of the offsets' size; else null. For fewer units than inputs one of many.</returns>
    public static double[]? Shared(ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets)
    {
        int units = offsets.Length, inputs = weights.Length / Math.Max(1, units);
        // The smallest solution of an underdetermined system is W'(W W')^-1 c, the least-squares one of the others (W'W)^-1 W'c.
        bool isWide = units < inputs;
        int n = isWide ? units : inputs;
        double[] gram = new double[n * n], right = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < (isWide ? inputs : units); k++)
            {
                for (int j = 0; j < n; j++)
                    gram[i * n + j] += isWide ? weights[i * inputs + k] * weights[j * inputs + k] : weights[k * inputs + i] * weights[k * inputs + j];
                right[i] += isWide ? 0 : weights[k * inputs + i] * offsets[k];
            }
            right[i] += isWide ? offsets[i] : 0;
        }
        if (LinearSolve.Of(gram, right) is not double[] solved)
            return null;
        var point = new double[inputs];
        for (int i = 0; i < inputs; i++)
        {
            for (int k = 0; k < units && isWide; k++)
                point[i] += weights[k * inputs + i] * solved[k];
            point[i] += isWide ? 0 : solved[i];
        }
        double size = 0, error = 0;
        for (int k = 0; k < units; k++)
        {
            double value = -offsets[k];
            for (int i = 0; i < inputs; i++)
                value += weights[k * inputs + i] * point[i];
            (size, error) = (Math.Max(size, Math.Abs(offsets[k])), Math.Max(error, Math.Abs(value)));
        }
        return error <= 1e-9 * Math.Max(size, double.Epsilon) || error == 0 ? point : null;
    }

    // ReLU reaches only numbers of at least 0, and 0 on a whole half-line: the paper takes the positive branch.
    private static double? Inverse(PiecewiseLinear activation, int unit, double value)
    {
        int top = activation.Pieces - 1;
        for (int piece = top; piece >= 0; piece--)
        {
            double slope = activation.Slope(unit, piece);
            if (slope <= 0)
                continue;
            double z = (value - activation.Offset(unit, piece)) / slope;
            double low = piece == 0 ? double.NegativeInfinity : activation.Knots[piece - 1], high = piece == top ? double.PositiveInfinity : activation.Knots[piece];
            if (z >= low && z <= high)
                return z;
        }
        return null;
    }
}
