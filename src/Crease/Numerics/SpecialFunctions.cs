namespace Crease.Numerics;

/// <summary>Functions of statistics that the framework does not have, to about 1e-13 relative.</summary>
internal static class SpecialFunctions
{
    /// <summary>log Γ(x) for x &gt; 0.</summary>
    /// <remarks>Stirling's series from 20 on, reached by the recurrence.</remarks>
    public static double LogGamma(double x)
    {
        double product = 1;
        while (x < 20)
            product *= x++;
        double inverse = 1 / x, square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691.0 / 360360)))));
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - Math.Log(product);
    }

    /// <summary>ψ(x), the derivative of log Γ, for x &gt; 0.</summary>
    /// <remarks>By recurrence to x ≥ 10 and the asymptotic series.</remarks>
    public static double Digamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++)
            shift -= 1 / x;
        double square = 1 / (x * x);
        return shift + Math.Log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132 - square * (691.0 / 32760))))));
    }

    /// <summary>e^-x I_n(x), the scaled modified Bessel function of the first kind, for x ≥ 0.</summary>
    /// <param name="order">n, 0 or 1.</param>
    /// <param name="x">At least 0.</param>
    /// <remarks>By the power series to 30, whose terms are all positive, and the asymptotic series beyond.</remarks>
    public static double ScaledBessel(int order, double x)
    {
        if (x <= 30)
        {
            double term = order == 0 ? 1 : x / 2, series = term;
            for (int k = 1; term > 1e-17 * series; k++)
                series += term *= x * x / 4 / k / (k + order);
            return Math.Exp(-x) * series;
        }
        double mu = 4.0 * order * order, next = 1, sum = 1;
        for (int k = 1; k < 20 && Math.Abs(next) > 1e-17; k++)
            sum += next *= -(mu - (2 * k - 1) * (2 * k - 1)) / (k * 8 * x);
        return sum / Math.Sqrt(2 * Math.PI * x);
    }

    /// <summary>erf x, the error function.</summary>
    /// <remarks>By its series to 2.5 and a continued fraction beyond, which both converge to double precision (Abramowitz and Stegun, 7.1.5 and 7.1.14); 1 from 6 on.</remarks>
    public static double Error(double x)
    {
        double y = Math.Abs(x), z = y * y;
        if (y > 6)
            return Math.Sign(x);
        if (y < 2.5)
        {
            double term = y, sum = y;
            for (int k = 1; Math.Abs(term) > 1e-17 * sum && k < 200; k++)
            {
                term *= -z / k;
                sum += term / (2 * k + 1);
            }
            return Math.CopySign(2 / Math.Sqrt(Math.PI) * sum, x);
        }
        return Math.CopySign(1 - Math.Exp(-z) / (Math.Sqrt(Math.PI) * ErrorFraction(y)), x);
    }

    /// <summary>1 - erf x, the two-sided tail of a normal distribution beyond x √2 deviations, for x ≥ 0.</summary>
    /// <remarks>By the series of erf to 2, and its continued fraction beyond (Abramowitz and Stegun, 7.1.6 and 7.1.14).</remarks>
    public static double ErrorComplement(double x)
    {
        double square = x * x;
        if (x < 2)
        {
            double term = x, series = x;
            for (int k = 1; term > 1e-17 * series; k++)
                series += term *= 2 * square / (2 * k + 1);
            return 1 - 2 / Math.Sqrt(Math.PI) * Math.Exp(-square) * series;
        }
        return Math.Exp(-square) / Math.Sqrt(Math.PI) / ErrorFraction(x);
    }

    /// <summary>W(x), the principal branch of Lambert's function: W e^W = x, for x ≥ 0.</summary>
    /// <remarks>Halley steps from log(1 + x), or log x - log log x where x is large (<c>corless1996lambert</c>).</remarks>
    public static double LambertW(double x)
    {
        if (x == 0)
            return 0;
        double w = x > 10 ? Math.Log(x) - Math.Log(Math.Log(x)) : Math.Log(1 + x);
        for (int step = 0; step < 50; step++)
        {
            // Divided by e^w, so that nothing overflows.
            double f = w - x * Math.Exp(-w), change = f / (w + 1 - (w + 2) * f / (2 * w + 2));
            w -= change;
            if (Math.Abs(change) <= 1e-16 * Math.Abs(w))
                break;
        }
        return w;
    }

    // e^-x² / (1 - erf x) / √π: x + (1/2) / (x + 1 / (x + (3/2) / (x + ...))).
    private static double ErrorFraction(double x)
    {
        double fraction = 0;
        for (int k = 60; k > 0; k--)
            fraction = k / 2.0 / (x + fraction);
        return x + fraction;
    }
}
