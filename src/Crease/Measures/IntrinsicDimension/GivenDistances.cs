namespace Crease.Measures;

/// <summary>Checks matrices of distances.</summary>
internal static class GivenDistances
{
    private const double Tolerance = 1e-9;

    public static void Check(IReadOnlyList<double[]> distances)
    {
        for (int i = 0; i < distances.Count; i++)
        {
            if (distances[i].Length != distances.Count)
                throw new ArgumentException($"Row {i} has {distances[i].Length} distances; expected {distances.Count}, one for each row.", nameof(distances));
            for (int j = 0; j <= i; j++)
            {
                double there = distances[i][j], back = distances[j][i];
                if (!double.IsFinite(there) || there < 0 || (i == j && there != 0) || !(Math.Abs(there - back) <= Tolerance * Math.Max(there, back)))
                    throw new ArgumentException(FormattableString.Invariant($"The distance of {i} and {j} is {there}, and back {back}; expected a symmetric matrix of finite numbers, at least 0, with 0 on the diagonal."), nameof(distances));
            }
        }
    }

    /// <summary>Points at distance 0 from no earlier one that is kept.</summary>
    public static int[] Distinct(IReadOnlyList<double[]> distances)
    {
        var kept = new List<int>();
        for (int i = 0; i < distances.Count; i++)
        {
            if (kept.TrueForAll(j => distances[i][j] != 0))
                kept.Add(i);
        }
        return [.. kept];
    }
}
