using Crease.Networks;

namespace Crease.Geometry;

/// <summary>How far rounding may have moved a stage's values on the slice: below that a sign is decided exactly.</summary>
/// <remarks>
/// Expected: 2^-38 of the root of the sum of squares over all paths, far above what independent roundings add up to. Proved: every
/// coefficient that the engine computes is a sum of products of given numbers along the paths of the network, formed in some order by
/// additions, multiplications and fused multiply-adds. A product takes part in at most n of them, n the number of terms of all rows on its
/// path (each addition to a running sum rounds once), so it carries a factor (1 + θ), |θ| ≤ γ(n) = n u / (1 - n u), u = 2^-53. Hence
/// |computed - true| ≤ γ(n) Z with Z the sum of absolute values over all paths, in any order of summation and whichever units are on;
/// so it holds for reduced networks too. An overflow makes the bound infinite, and then every sign is decided exactly. Source: Higham,
/// Accuracy and Stability of Numerical Algorithms, section 3 (<c>higham2002accuracy</c>).
/// </remarks>
internal sealed class Rounding
{
    /// <summary>u = 2^-53.</summary>
    public const double Unit = 1.1102230246251565e-16;

    // Relative to the terms' size: 2^-38, over ten thousand units in the last place.
    private const double Doubt = 3.6e-12;

    // What moves a line is rounding itself, without the margin of safety of a sign.
    private const double LineShare = 0.016;

    // Evaluating a value at a corner, the corner's own rounding, and the bounds' arithmetic: well below so many roundings of Z.
    private const int Evaluation = 64;

    // A double-double operation rounds 2^-102, a double one 2^-53; with room for what cancels between the parts.
    private const double DoubleDoubleShare = 1e-13;

    private readonly double[] _noise, _wobbleShare;

    private Rounding(double[] noise, double[] wobbleShare, double radius, bool isProved)
    {
        (_noise, _wobbleShare, Radius, IsProved) = (noise, wobbleShare, radius, isProved);
        Margins = new double[noise.Length];
        // Planes have at most three times the coefficients per stage, and are sums of as many terms.
        double growth = 1;
        for (int t = 0; t < noise.Length; t++)
            Margins[t] = noise[t] * (1 + 4 * (growth *= 3));
    }

    /// <summary>Whether the bounds are theorems and not expectations.</summary>
    public bool IsProved { get; }

    /// <summary>Largest absolute slice coordinate of the domain.</summary>
    public double Radius { get; }

    /// <summary>A crossing that is expected to be off by more is computed exactly, for the sake of its coordinates.</summary>
    public double CoarseError => 1e-7 * Radius;

    /// <summary>Per stage: a bound of a unit is trusted when it exceeds this.</summary>
    public double[] Margins { get; }

    /// <summary>The largest bound of all stages.</summary>
    public double Largest => _noise.Max();

    /// <summary>A bound on the error of a stage's values; the stage after the last one is the output.</summary>
    public double Noise(int stage) => _noise[stage];

    /// <summary>What rounding may add to a line's value.</summary>
    public double Slack(double noise) => IsProved ? noise : LineShare * noise;

    /// <summary>What it is expected to add, as a share of that.</summary>
    public double WobbleShare(int stage) => _wobbleShare[stage];

    /// <summary>Bounds on a slice of a network.</summary>
    /// <param name="folded">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="isProved">Whether theorems are asked for.</param>
    /// <param name="differences">Whether blocks hold differences from the values at the origin.</param>
    public static Rounding Of(FoldedNetwork folded, Slice slice, bool isProved, bool differences)
    {
        double radius = 0, origin = 0, step = 0;
        foreach (double coordinate in slice.Domain)
            radius = Math.Max(radius, Math.Abs(coordinate));
        for (int i = 0; i < slice.Inputs; i++)
        {
            double size = 0;
            for (int k = i; k < slice.Directions.Length; k += slice.Inputs)
                size += radius * Math.Abs(slice.Directions[k]);
            (origin, step) = (Math.Max(origin, Math.Abs(slice.Origin[i]) + size), Math.Max(step, size));
        }
        double[] expected = Bounds(folded.Squares, folded.Stages.Length, origin, step, isProved: false, differences), shares = new double[expected.Length];
        double[] noise = isProved ? Bounds(folded.Sums, folded.Stages.Length, origin, step, isProved: true, differences) : expected;
        for (int t = 0; t < noise.Length; t++)
            shares[t] = isProved ? Math.Min(LineShare * expected[t] / noise[t], 1) : 1;
        return new Rounding(noise, shares, radius, isProved);
    }

    private static double[] Bounds(PathSizes sizes, int stages, double origin, double step, bool isProved, bool differences)
    {
        var noise = new double[stages + 1];
        for (int t = 0; t < noise.Length; t++)
        {
            double share = Share(sizes, t, isProved), whole = share * sizes.Of(t, origin, withConstants: true);
            // A unit that differs in kind from the center has a value there of at most its difference: three times that is passed on at most.
            noise[t] = differences ? 3 * share * sizes.Of(t, step, withConstants: false) + DoubleDoubleShare * whole : whole;
            if (double.IsNaN(noise[t]))
                noise[t] = double.PositiveInfinity;
        }
        return noise;
    }

    // Twice, since a tie is a difference of two values.
    private static double Share(PathSizes sizes, int stage, bool isProved)
    {
        double n = (sizes.Roundings(stage) + Evaluation) * Unit;
        return !isProved ? Doubt : n < 0.5 ? 2.02 * n / (1 - n) : double.PositiveInfinity;
    }
}
