namespace Crease.Numerics;

/// <summary>The distribution function of a Beta(a, b) variable and its complement, each without cancellation where it is small.</summary>
internal static class IncompleteBeta
{
    private const int MostTerms = 1_000_000;
    private const double Precision = 1e-15, Least = 1e-300;

    /// <summary>P[X ≤ x], the regularized incomplete beta function.</summary>
    /// <param name="x">Any number; the distribution lies on [0, 1].</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Lower(double x, double a, double b) => x <= 0 ? 0 : x >= 1 ? 1 : IsLow(x, a, b) ? Tail(x, a, b) : 1 - UpperTail(x, a, b);

    /// <summary>P[X ≥ x].</summary>
    /// <param name="x">Any number; the distribution lies on [0, 1].</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Upper(double x, double a, double b) => x <= 0 ? 1 : x >= 1 ? 0 : IsLow(x, a, b) ? 1 - Tail(x, a, b) : UpperTail(x, a, b);

    // Where the fraction for the lower tail converges fast; elsewhere that for the upper one does.
    private static bool IsLow(double x, double a, double b) => x < (a + 1) / (a + b + 2);

    private static double Tail(double x, double a, double b) => Front(x, a, b) * Fraction(x, a, b) / a;

    private static double UpperTail(double x, double a, double b) => Front(x, a, b) * Fraction(1 - x, b, a) / b;

    private static double Front(double x, double a, double b) =>
        Math.Exp(SpecialFunctions.LogGamma(a + b) - SpecialFunctions.LogGamma(a) - SpecialFunctions.LogGamma(b) + a * Math.Log(x) + b * double.LogP1(-x));

    // The continued fraction of the incomplete beta function, by the modified method of Lentz.
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
}
