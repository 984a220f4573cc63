namespace Crease.Lab;

/// <summary>How many of those whose number lies in a range were right.</summary>
/// <param name="Low">Least number, included.</param>
/// <param name="High">Largest number; where bins are of equal width, included in the last one only.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Correct">How many of them were right.</param>
public readonly record struct SuccessBin(double Low, double High, int Count, int Correct)
{
    // The two-sided 95 % point of the normal distribution.
    private const double Deviations = 1.959963984540054;

    /// <summary>Share of right ones, or null in an empty bin.</summary>
    public double? Rate => Count > 0 ? (double)Correct / Count : null;

    /// <summary>Ends of the 95 % interval of the share, or null in an empty bin. In [0, 1], with <see cref="Rate"/> inside.</summary>
    /// <remarks>Source: the score interval of Wilson (<c>wilson1927probable</c>), which holds for few rows and for shares of 0 and 1, too.</remarks>
    public (double Low, double High)? Interval
    {
        get
        {
            if (Count == 0)
                return null;
            double rate = (double)Correct / Count, squares = Deviations * Deviations, over = 1 + squares / Count;
            double middle = (rate + squares / (2.0 * Count)) / over, half = Deviations / over * Math.Sqrt(rate * (1 - rate) / Count + squares / (4.0 * Count * Count));
            return (Correct == 0 ? 0 : Math.Max(0, middle - half), Correct == Count ? 1 : Math.Min(1, middle + half));
        }
    }
}
