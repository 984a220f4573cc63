namespace Crease.Numerics;

/// <summary>The upper tail of a Beta(½, b) variable.</summary>
internal static class BetaTail
{
    private const int MostTerms = 10_000;
    private const double Precision = 1e-16, Least = 1e-300;

    // Lanczos approximation, g = 7, nine terms: relative error below 1e-14 for arguments of at least ½.
    private static ReadOnlySpan<double> Lanczos =>
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P[X >= x] for X distributed as Beta(½, b).</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="b">At least ½.</param>
    public static double Half(double x, double b)
    {
        if (x <= 0)
            return 1;
        if (x >= 1)
            return 0;
        double front = Math.Exp(LogGamma(0.5 + b) - LogGamma(0.5) - LogGamma(b) + 0.5 * Math.Log(x) + b * double.LogP1(-x));
        return x < 1.5 / (2.5 + b) ? 1 - front * Fraction(x, 0.5, b) / 0.5 : front * Fraction(1 - x, b, 0.5) / b;
    }

    // The continued fraction of the incomplete Beta function, evaluated from the front (Lentz).
    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / Away(1 - (a + b) * x / (a + 1)), value = d;
        for (int m = 1; m <= MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            (d, c) = (1 / Away(1 + even * d), Away(1 + even / c));
            value *= d * c;
            (d, c) = (1 / Away(1 + odd * d), Away(1 + odd / c));
            value *= d * c;
            if (Math.Abs(d * c - 1) < Precision)
                break;
        }
        return value;
    }

    private static double Away(double value) => Math.Abs(value) < Least ? Least : value;

    private static double LogGamma(double x)
    {
        double sum = Lanczos[0], t = x + 6.5;
        for (int i = 1; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (x - 1 + i);
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
