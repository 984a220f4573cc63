using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Two numbers of each of many inputs, compared in pairs.</summary>
/// <remarks>Source: Wilcoxon's signed-rank test, <see cref="SignedRankTest"/>; the interval of the ratio is a percentile bootstrap of pairs (<c>efron1979bootstrap</c>) with <see cref="Draws"/> draws.</remarks>
/// <param name="Pairs">Number of pairs.</param>
/// <param name="First">Mean of the first numbers.</param>
/// <param name="Second">Mean of the second numbers.</param>
/// <param name="Ratio">First over second mean; null where the second mean is not above 0.</param>
/// <param name="Interval">95 % of it over draws of pairs; null for fewer than two pairs, or where more than half of the draws have no ratio.</param>
/// <param name="Test">Of the differences, first minus second.</param>
public sealed record PairedComparison(int Pairs, double First, double Second, double? Ratio, (double Low, double High)? Interval, SignedRankTest Test)
{
    /// <summary>Draws of the bootstrap.</summary>
    public const int Draws = 2000;

    /// <summary>Compares.</summary>
    /// <param name="first">Finite, at least one. Shape [pairs].</param>
    /// <param name="second">Finite. Shape [pairs].</param>
    /// <param name="run">Seed, threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">There are no pairs, the shapes differ, or a number is not finite.</exception>
    public static PairedComparison Of(double[] first, double[] second, RunContext? run = null)
    {
        if (first.Length == 0 || first.Length != second.Length)
            throw new ArgumentException($"'first' has {first.Length} entries and 'second' {second.Length}; expected as many, at least one.", nameof(second));
        SignedRankTest test = SignedRankTest.Of([.. first.Zip(second, (a, b) => a - b)]);
        double mean = second.Average();
        DimensionInterval? interval = mean > 0 && first.Length > 1 ? Bootstrap.Of(first.Length, run ?? RunContext.Default, Drawn, Draws) : null;
        return new PairedComparison(first.Length, first.Average(), mean, mean > 0 ? first.Average() / mean : null, interval is { } found ? (found.Low, found.High) : null, test);

        double Drawn(int[] weights)
        {
            (double above, double below) = (0, 0);
            for (int i = 0; i < weights.Length; i++)
                (above, below) = (above + weights[i] * first[i], below + weights[i] * second[i]);
            return below > 0 ? above / below : double.NaN;
        }
    }
}
