using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>The exact lower confidence limit of a probability, from a count of successes.</summary>
/// <remarks>Source: Clopper and Pearson 1934, <c>clopper1934use</c>: the limit is the α quantile of a Beta(k, n - k + 1) variable.</remarks>
public static class ClopperPearson
{
    private const double Rounding = 1e-11;

    /// <summary>The largest p, up to 1e-11 below, at which k successes or more have a probability of at most α.</summary>
    /// <param name="successes">k, in [0, trials].</param>
    /// <param name="trials">n, in [1, 10^9].</param>
    /// <param name="level">α, in (0, 1): the chance that the limit is above the probability.</param>
    /// <returns>In [0, 1).</returns>
    public static double Lower(long successes, long trials, double level)
    {
        if (trials is < 1 or > 1_000_000_000 || successes < 0 || successes > trials || !(level > 0 && level < 1))
            throw new ArgumentException(FormattableString.Invariant($"{successes} successes of {trials} at level {level}; expected 0 to trials, 1 to 1000000000, and a level in (0, 1)"));
        if (successes == 0)
            return 0;
        if (successes == trials)
            return Math.Max(0, Math.Exp(Math.Log(level) / trials) - Rounding);
        double low = 0, high = 1;
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            if (IncompleteBeta.Lower(middle, successes, trials - successes + 1) <= level)
                low = middle;
            else
                high = middle;
        }
        return Math.Max(0, low - Rounding);
    }
}
