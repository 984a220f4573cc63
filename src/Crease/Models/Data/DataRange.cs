namespace Crease.Models;

/// <summary>Between which numbers inputs lie.</summary>
/// <param name="Low">Smallest number.</param>
/// <param name="High">Largest number, at least <paramref name="Low"/>.</param>
/// <param name="IsMeasured">Whether these are the extremes of the rows at hand; else the format says so, as for pixels.</param>
public sealed record DataRange(double Low, double High, bool IsMeasured)
{
    /// <summary>Pixels: [0, 1] by their format.</summary>
    public static DataRange Pixels { get; } = new(0, 1, IsMeasured: false);

    /// <summary>The extremes of rows; 0 and 0 where there is no number.</summary>
    /// <param name="rows">One array per row.</param>
    public static DataRange Of(double[][] rows)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double[] row in rows)
        {
            foreach (double number in row)
                (low, high) = (Math.Min(low, number), Math.Max(high, number));
        }
        return low <= high ? new DataRange(low, high, IsMeasured: true) : new DataRange(0, 0, IsMeasured: true);
    }
}
