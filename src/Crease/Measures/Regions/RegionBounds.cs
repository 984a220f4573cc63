using System.Numerics;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>How many regions creases can make at most.</summary>
/// <remarks>
/// Notation: N hyperplanes, D dimensions, R(N, D) = R(N - 1, D) + R(N - 1, D - 1) with R(0, D) = R(N, 0) = 1. Source: <c>zaslavsky1975facing</c>; deeper creases bend at earlier ones, so that a layer multiplies
/// what there is by at most its own count. Exactness: exact for one layer in general position, a bound elsewhere.
/// </remarks>
public static class RegionBounds
{
    private const int Most = 1 << 16;

    /// <summary>Regions of hyperplanes in general position: Σ_(i = 0..D) C(N, i).</summary>
    /// <param name="hyperplanes">N, in [0, 65536].</param>
    /// <param name="dimensions">D, in [0, 65536].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static BigInteger Generic(int hyperplanes, int dimensions)
    {
        if (hyperplanes is < 0 or > Most || dimensions is < 0 or > Most)
            throw new ArgumentOutOfRangeException(nameof(hyperplanes), $"'hyperplanes' is {hyperplanes} and 'dimensions' {dimensions}; expected 0 to {Most}.");
        BigInteger sum = 0, term = 1;
        for (int i = 0; i <= Math.Min(hyperplanes, dimensions); i++)
        {
            sum += term;
            term = term * (hyperplanes - i) / (i + 1);
        }
        return sum;
    }

    /// <summary>Regions of hyperplanes through one point, otherwise in general position: 2 Σ_(i = 0..D - 1) C(N - 1, i).</summary>
    /// <param name="hyperplanes">N, in [1, 65536].</param>
    /// <param name="dimensions">D, in [1, 65536].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static BigInteger ThroughPoint(int hyperplanes, int dimensions) => hyperplanes >= 1 && dimensions >= 1
        ? 2 * Generic(hyperplanes - 1, dimensions - 1)
        : throw new ArgumentOutOfRangeException(nameof(hyperplanes), $"'hyperplanes' is {hyperplanes} and 'dimensions' {dimensions}; expected at least 1.");

    /// <summary>The product over layers of what each can add on a slice: a bound for every network.</summary>
    /// <param name="layers">The piecewise layers.</param>
    /// <param name="dimensions">Dimension of the slice, at least 1.</param>
    /// <returns>The bound; null where a layer has more creases than 65536.</returns>
    public static BigInteger? OfNetwork(IReadOnlyList<Node> layers, int dimensions)
    {
        BigInteger bound = 1;
        foreach (Node layer in layers)
        {
            long creases = layer.Layer is PiecewiseLinear function ? (long)function.Knots.Length * function.Units : Ties((MaxPooling)layer.Layer);
            if (creases > Most)
                return null;
            bound *= Generic((int)creases, dimensions);
        }
        return bound;
    }

    private static long Ties(MaxPooling pooling)
    {
        long candidates = (long)pooling.Windows.Height * pooling.Windows.Width;
        return candidates * (candidates - 1) / 2 * pooling.Units;
    }
}
