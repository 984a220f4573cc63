using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The divergences that DANCo minimizes.</summary>
internal static class DancoDivergence
{
    public static double Of(DancoStatistics seen, DancoStatistics ball, int ranks) =>
        OfDistances(ball.Dimension / seen.Dimension, ranks) + OfAngles(seen.Direction, ball.Direction, seen.Concentration, ball.Concentration);

    /// <summary>KL(g(·; d) ‖ g(·; q d)) of g(ρ; d) = k d ρ^(d-1) (1 - ρ^d)^(k-1).</summary>
    /// <param name="q">Ratio of the two dimensions, above 0.</param>
    /// <param name="k">Ranks, at most 20: the sum has alternating signs.</param>
    public static double OfDistances(double q, int k)
    {
        double sum = 0, binomial = 1, harmonic = 0;
        for (int i = 0; i <= k; i++)
        {
            sum += (i % 2 == 0 ? 1 : -1) * binomial * SpecialFunctions.Digamma(1 + i / q);
            binomial = binomial * (k - i) / (i + 1);
        }
        for (int i = 1; i < k; i++)
            harmonic += 1.0 / i;
        return (harmonic + 1.0 / k) * q - Math.Log(q) - (k - 1) * sum - 1 - harmonic;
    }

    /// <summary>KL of two von Mises distributions with directions ν and concentrations τ.</summary>
    public static double OfAngles(double direction1, double direction2, double concentration1, double concentration2)
    {
        double first = SpecialFunctions.ScaledBessel(0, concentration1), second = SpecialFunctions.ScaledBessel(0, concentration2);
        return Math.Log(second / first) + concentration2 - concentration1
            + SpecialFunctions.ScaledBessel(1, concentration1) / first * (concentration1 - concentration2 * Math.Cos(direction1 - direction2));
    }
}
