using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How probably a random crease through a point separates two points, or two clusters.</summary>
/// <remarks>
/// Notation: u, v the points, g the point on the crease, m = (u + v) / 2, r = ‖u - v‖ / 2, δ the radius of a cluster. The crease's normal is isotropic, as that of a row of Gaussian weights.
/// Source: Lemma 1, Theorems 2 and 3 of <c>riedi2026provable</c>. Exactness: exact, or bounds, as each says.
/// </remarks>
public static class Separation
{
    /// <summary>The probability that the crease separates u from v: the angle at g between them, over π.</summary>
    /// <param name="u">Shape [inputs].</param>
    /// <param name="v">Shape [inputs].</param>
    /// <param name="g">Shape [inputs].</param>
    /// <returns>In [0, 1]; 0 where u or v coincides with g, since no crease through g has that point strictly on a side.</returns>
    public static double Probability(ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<double> g)
    {
        Check(u, v, g);
        double uu = 0, vv = 0;
        for (int i = 0; i < g.Length; i++)
        {
            uu += (u[i] - g[i]) * (u[i] - g[i]);
            vv += (v[i] - g[i]) * (v[i] - g[i]);
        }
        if (!(uu > 0) || !(vv > 0))
            return 0;
        // Twice the arc tangent of chord over sum of unit vectors is accurate at 0 and at π, where the arc cosine is not.
        (double nu, double nv, double chord, double sum) = (Math.Sqrt(uu), Math.Sqrt(vv), 0, 0);
        for (int i = 0; i < g.Length; i++)
        {
            double a = (u[i] - g[i]) / nu, b = (v[i] - g[i]) / nv;
            chord += (a - b) * (a - b);
            sum += (a + b) * (a + b);
        }
        return 2 / Math.PI * Math.Atan2(Math.Sqrt(chord), Math.Sqrt(sum));
    }

    /// <summary>(2/π) arctan(r / ‖m - g‖): a lower bound of <see cref="Probability"/> where ‖m - g‖ is at most r, an upper one beyond; ½ on the sphere itself.</summary>
    /// <param name="u">Shape [inputs].</param>
    /// <param name="v">Shape [inputs].</param>
    /// <param name="g">Shape [inputs].</param>
    public static double Bound(ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<double> g)
    {
        Check(u, v, g);
        (double r, double m) = (0, 0);
        for (int i = 0; i < g.Length; i++)
        {
            r += (u[i] - v[i]) * (u[i] - v[i]) / 4;
            m += ((u[i] + v[i]) / 2 - g[i]) * ((u[i] + v[i]) / 2 - g[i]);
        }
        return 2 / Math.PI * Math.Atan2(Math.Sqrt(r), Math.Sqrt(m));
    }

    /// <summary>Theorem 2: the probability that a crease through the middle of two clusters fails to separate some pair of their points is at most (2/π) (2K - 1) / (r/δ - 1).</summary>
    /// <param name="points">K, points of each cluster, at least 1.</param>
    /// <param name="ratio">r/δ, above 2.</param>
    /// <returns>The bound, at most 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double FailureBound(int points, double ratio)
    {
        if (points < 1 || !(ratio > 2))
            throw new ArgumentOutOfRangeException(nameof(ratio), FormattableString.Invariant($"'points' is {points} and 'ratio' {ratio}; expected at least 1 and above 2."));
        return Math.Min(1, 2 / Math.PI * (2.0 * points - 1) / (ratio - 1));
    }

    /// <summary>Theorem 3: the probability that a crease through the middle of two K-dimensional balls in a space of 2K dimensions misses both: P[|w_1| >= (δ/r) ‖w‖] for Gaussian w.</summary>
    /// <remarks>The upper tail of a Beta(½, (2K - 1)/2) variable at (δ/r)².</remarks>
    /// <param name="dimensions">K, at least 1.</param>
    /// <param name="share">δ/r, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double OfBalls(int dimensions, double share)
    {
        if (dimensions < 1 || !(share >= 0))
            throw new ArgumentOutOfRangeException(nameof(dimensions), FormattableString.Invariant($"'dimensions' is {dimensions} and 'share' {share}; expected at least 1 and at least 0."));
        return IncompleteBeta.Upper(share * share, 0.5, (2.0 * dimensions - 1) / 2);
    }

    /// <summary>The limit of <see cref="OfBalls"/> for many dimensions at (δ/r) √(2K) = t: P[|Z| > t] for a standard normal Z.</summary>
    /// <param name="t">At least 0.</param>
    public static double OfBallsLimit(double t) => OfBalls(50_000_000, t / 1e4);

    private static void Check(ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<double> g)
    {
        if (u.Length != v.Length || u.Length != g.Length || u.IsEmpty)
            throw new ArgumentException($"The points have {u.Length}, {v.Length} and {g.Length} numbers; expected as many of each, at least 1.");
    }
}
