namespace Crease.Numerics;

/// <summary>Real roots of polynomials of low degree between two places, where the sign changes.</summary>
/// <remarks>Between the roots of its derivative a polynomial is monotone, so that bisection finds each root to the last bits; a root without a change of sign is none, up to rounding. Cost: about 60 evaluations per root and degree.</remarks>
public static class PolynomialRoots
{
    /// <summary>The value of a polynomial.</summary>
    /// <param name="coefficients">Constant first.</param>
    /// <param name="t">Where.</param>
    public static double At(ReadOnlySpan<double> coefficients, double t)
    {
        double value = 0;
        for (int k = coefficients.Length - 1; k >= 0; k--)
            value = value * t + coefficients[k];
        return value;
    }

    /// <summary>The derivative of a polynomial.</summary>
    /// <param name="coefficients">Constant first.</param>
    /// <returns>Constant first; empty for a constant.</returns>
    public static double[] Derivative(ReadOnlySpan<double> coefficients)
    {
        var derivative = new double[Math.Max(0, coefficients.Length - 1)];
        for (int k = 1; k < coefficients.Length; k++)
            derivative[k - 1] = k * coefficients[k];
        return derivative;
    }

    /// <summary>All places where a polynomial changes its sign.</summary>
    /// <param name="coefficients">Constant first, finite.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <returns>Ascending; none for a constant.</returns>
    public static IReadOnlyList<double> Between(ReadOnlySpan<double> coefficients, double low, double high)
    {
        while (coefficients.Length > 0 && coefficients[^1] == 0)
            coefficients = coefficients[..^1];
        if (coefficients.Length < 2)
            return [];
        var roots = new List<double>();
        double from = low;
        foreach (double to in (double[])[.. Between(Derivative(coefficients), low, high), high])
        {
            if (At(coefficients, from) > 0 != At(coefficients, to) > 0)
                roots.Add(Bisected(coefficients, from, to));
            from = to;
        }
        return roots;
    }

    private static double Bisected(ReadOnlySpan<double> coefficients, double from, double to)
    {
        bool isPositive = At(coefficients, from) > 0;
        while (true)
        {
            double middle = from + (to - from) / 2;
            if (!(middle > from && middle < to))
                return to;
            if (At(coefficients, middle) > 0 == isPositive)
                from = middle;
            else
                to = middle;
        }
    }
}
