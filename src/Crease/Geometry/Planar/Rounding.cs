using System.Numerics.Tensors;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>How far rounding may have moved a stage's values on the slice: below that a sign is decided exactly.</summary>
/// <remarks>
/// Expected: 2^-38 of the root of the sum of squares over all paths, far above what independent roundings add up to. Proved: see
/// <see cref="ProvedBounds"/>. Both hold for any order of summation, so also for reduced networks.
/// </remarks>
internal sealed class Rounding
{
    // Relative to the largest terms: 2^-38, over ten thousand units in the last place.
    private const double Doubt = 3.6e-12;

    // What moves a line is rounding itself, without the margin of safety of a sign.
    private const double LineShare = 0.016;

    private readonly double[]? _noise;
    /// <summary>A crossing that may be off by more is computed exactly, for the sake of its coordinates.</summary>
    public double CoarseError => IsProved ? Radius : 1e-7 * Radius;

    /// <summary>Largest absolute slice coordinate of the domain.</summary>
    public double Radius { get; }

    private Rounding(double[]? noise, double radius, int stages, bool isProved)
    {
        (_noise, Radius, IsProved) = (noise, radius, isProved);
        Margins = new double[stages + 1];
        if (noise is null)
            return;
        // Planes have at most three times the coefficients per stage, and are sums of as many terms.
        double growth = 1;
        for (int t = 0; t < Margins.Length; t++)
            Margins[t] = noise[t] * (1 + 4 * (growth *= 3));
    }

    /// <summary>Whether the bounds are theorems and not expectations.</summary>
    public bool IsProved { get; }

    /// <summary>Per stage: a bound of a unit is trusted when it exceeds this.</summary>
    public double[] Margins { get; }

    /// <summary>The largest bound of all stages relative to the network's values; null where it depends on the cell.</summary>
    public double? Largest => _noise?.Max();

    /// <summary>A bound on the error of a stage's values; the stage after the last one is the output.</summary>
    public double Noise(int stage) => _noise![stage];

    /// <summary>A bound on the error of a stage's values whose coefficients are at most these.</summary>
    public double Noise(int stage, double a, double b, double c) => _noise is null ? Doubt * ((a + b) * Radius + c) : _noise[stage];

    /// <summary>What rounding may add to a line's value.</summary>
    public double Slack(double noise) => IsProved ? noise : LineShare * noise;

    /// <summary>Bounds on a slice of a network.</summary>
    /// <param name="folded">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="block">The block of the first stage on the slice.</param>
    /// <param name="isProved">Whether theorems are asked for.</param>
    /// <param name="center">Values at the center when blocks hold differences from them, else null.</param>
    public static Rounding Of(FoldedNetwork folded, Networks.Slice slice, double[] block, bool isProved, CenterValues? center)
    {
        double radius = 0;
        foreach (double coordinate in slice.Domain)
            radius = Math.Max(radius, Math.Abs(coordinate));
        double[]? noise = isProved ? ProvedBounds.Of(folded, slice, radius, center is not null) : folded.Chain is null ? null : Expected(folded, block, radius, center is null);
        return new Rounding(noise, radius, folded.Stages.Length, isProved);
    }

    private static double[] Expected(FoldedNetwork folded, double[] block, double radius, bool withBias)
    {
        int stages = folded.Stages.Length, stride = folded.Folds[0].Stride;
        var noise = new double[stages + 1];
        double[] size = new double[folded.Folds.Max(fold => fold.Stride)], next = new double[size.Length], terms = new double[size.Length];
        for (int k = 0; k < folded.Folds[0].Rows; k++)
            size[k] = (Math.Abs(block[k]) + Math.Abs(block[stride + k])) * radius + Math.Abs(block[2 * stride + k]);
        noise[0] = Doubt * TensorPrimitives.Max(size);
        for (int t = 1; t <= stages; t++)
        {
            Dense dense = ((DenseFold)folded.Folds[t]).Layer;
            ReadOnlySpan<double> weights = dense.Weights.Values, bias = dense.Bias is null || !withBias ? [] : dense.Bias.Values;
            for (int o = 0; o < dense.Outputs; o++)
            {
                Span<double> products = terms.AsSpan(0, dense.Inputs);
                TensorPrimitives.Multiply(weights.Slice(o * dense.Inputs, dense.Inputs), size.AsSpan(0, dense.Inputs), products);
                double constant = bias.IsEmpty ? 0 : bias[o];
                double length = Math.Sqrt(TensorPrimitives.SumOfSquares(products) + constant * constant);
                // Squares may underflow or overflow where the sum of magnitudes does not.
                next[o] = length is > 1e-140 and < 1e140 ? length : TensorPrimitives.SumOfMagnitudes<double>(products) + Math.Abs(constant);
            }
            (size, next) = (next, size);
            noise[t] = Doubt * TensorPrimitives.Max(size.AsSpan(0, dense.Outputs));
        }
        return noise;
    }
}
