namespace Crease.Lab;

/// <summary>The area under the ROC curve: how often a row of the class scores above one of the rest, ties counting half; with DeLong's variance.</summary>
/// <remarks>Source: DeLong, DeLong and Clarke-Pearson (<c>delong1988comparing</c>). Cost: that of sorting. Exactness: exact for the given scores.</remarks>
public sealed class RankAuc
{
    private readonly double[] _above, _below;

    private RankAuc(double[] above, double[] below) => (_above, _below, Auc) = (above, below, above.Average());

    /// <summary>The area, in [0, 1].</summary>
    public double Auc { get; }

    /// <summary>Rows of the class.</summary>
    public int Positives => _above.Length;

    /// <summary>The other rows.</summary>
    public int Negatives => _below.Length;

    /// <summary>DeLong's variance of the area; NaN where a side has one row only.</summary>
    public double Variance => Covariance(this);

    /// <summary>Measures scores.</summary>
    /// <param name="scores">Finite. Shape [rows].</param>
    /// <param name="truth">Whether a row is of the class; both occur. Shape [rows].</param>
    /// <exception cref="ArgumentException">The shapes differ, a score is not a number, or one side has no rows.</exception>
    public static RankAuc Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth)
    {
        if (scores.Length != truth.Length)
            throw new ArgumentException($"'scores' has {scores.Length} entries and 'truth' {truth.Length}; expected as many.", nameof(truth));
        int positives = truth.Count(true), negatives = truth.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException($"'truth' has {positives} rows of the class and {negatives} others; expected at least one of each.", nameof(truth));
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        double[] sorted = scores.ToArray();
        if (Array.Exists(sorted, double.IsNaN))
            throw new ArgumentException("'scores' holds NaN; expected numbers.", nameof(scores));
        Array.Sort(sorted, order);
        (double[] above, double[] below) = (new double[positives], new double[negatives]);
        (int lowerPositives, int lowerNegatives, int p, int n) = (0, 0, 0, 0);
        for (int first = 0, next; first < sorted.Length; first = next)
        {
            int tiedPositives = 0;
            for (next = first; next < sorted.Length && sorted[next] == sorted[first]; next++)
                tiedPositives += truth[order[next]] ? 1 : 0;
            int tiedNegatives = next - first - tiedPositives;
            above.AsSpan(p, tiedPositives).Fill((lowerNegatives + 0.5 * tiedNegatives) / negatives);
            below.AsSpan(n, tiedNegatives).Fill((positives - lowerPositives - 0.5 * tiedPositives) / positives);
            for (int i = first; i < next; i++)
            {
                // Back to the order of the rows, so that two scores of the same rows can be compared.
                if (truth[order[i]])
                    order[i] = ~order[i];
            }
            (lowerPositives, lowerNegatives, p, n) = (lowerPositives + tiedPositives, lowerNegatives + tiedNegatives, p + tiedPositives, n + tiedNegatives);
        }
        int[] positiveRows = [.. order.Where(row => row < 0).Select(row => ~row)], negativeRows = [.. order.Where(row => row >= 0)];
        Array.Sort(positiveRows, above);
        Array.Sort(negativeRows, below);
        return new RankAuc(above, below);
    }

    /// <summary>DeLong's covariance with the area of other scores of the same rows; NaN where a side has one row only.</summary>
    /// <param name="other">Measured on the same rows in the same order.</param>
    /// <exception cref="ArgumentException">The other one has other rows.</exception>
    public double Covariance(RankAuc other)
    {
        if (other.Positives != Positives || other.Negatives != Negatives)
            throw new ArgumentException($"'other' has {other.Positives} and {other.Negatives} rows; expected {Positives} and {Negatives}.", nameof(other));
        return Covariance(_above, other._above) / Positives + Covariance(_below, other._below) / Negatives;
    }

    private static double Covariance(double[] x, double[] y)
    {
        if (x.Length < 2)
            return double.NaN;
        (double meanX, double meanY, double sum) = (x.Average(), y.Average(), 0);
        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - meanX) * (y[i] - meanY);
        return sum / (x.Length - 1);
    }
}
