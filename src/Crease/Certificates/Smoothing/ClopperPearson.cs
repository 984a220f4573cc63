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
            if (Beta(middle, successes, trials - successes + 1) <= level)
                low = middle;
            else
                high = middle;
        }
        return Math.Max(0, low - Rounding);
    }

    /// <summary>The regularized incomplete beta function.</summary>
    internal static double Beta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * double.LogP1(-x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    // The continued fraction of the incomplete beta function, by the modified method of Lentz.
    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), h = d;
        for (int m = 1; m < 1_000_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
                break;
        }
        return h;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    // Stirling's series from 20 on, reached by the recurrence.
    private static double LogGamma(double x)
    {
        double product = 1;
        while (x < 20)
            product *= x++;
        double inverse = 1 / x, square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691.0 / 360360)))));
        return (x - 0.5) * Math.Log(x) - x + 0.91893853320467274178 + series - Math.Log(product);
    }
}
