namespace Crease.Measures;

/// <summary>How many regions hyperplanes make: the largest number that one layer can have.</summary>
/// <remarks>Source: Zaslavsky (<c>zaslavsky1975facing</c>).</remarks>
public static class ArrangementCounts
{
    /// <summary>Regions of hyperplanes in general position: Σ_(i = 0..d) C(D, i).</summary>
    /// <param name="hyperplanes">D, at least 0.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="OverflowException">The count exceeds 2^63 - 1.</exception>
    public static long GeneralPosition(int hyperplanes, int dimensions)
    {
        Check(hyperplanes, 0, dimensions);
        return Sum(hyperplanes, dimensions);
    }

    /// <summary>Regions of hyperplanes through one point, in general position otherwise: 2 Σ_(i = 0..d - 1) C(D - 1, i).</summary>
    /// <param name="hyperplanes">D, at least 1.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="OverflowException">The count exceeds 2^63 - 1.</exception>
    public static long Central(int hyperplanes, int dimensions)
    {
        Check(hyperplanes, 1, dimensions);
        return checked(2 * Sum(hyperplanes - 1, dimensions - 1));
    }

    private static long Sum(int choices, int most)
    {
        long sum = 0, term = 1;
        for (int i = 0; i <= Math.Min(choices, most); i++)
        {
            sum = checked(sum + term);
            term = (long)((Int128)term * (choices - i) / (i + 1));
            if (term < 0)
                throw new OverflowException();
        }
        return sum;
    }

    private static void Check(int hyperplanes, int least, int dimensions)
    {
        if (hyperplanes < least || dimensions < 1)
            throw new ArgumentOutOfRangeException(nameof(hyperplanes), $"'hyperplanes' is {hyperplanes} and 'dimensions' {dimensions}; expected at least {least} and 1.");
    }
}
