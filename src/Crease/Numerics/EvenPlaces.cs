namespace Crease.Numerics;

/// <summary>A few places of many: the first, the last, and others evenly between them.</summary>
public static class EvenPlaces
{
    /// <summary>The places.</summary>
    /// <param name="all">Number of places there are, at least 0.</param>
    /// <param name="most">How many are wanted at most, at least 1.</param>
    /// <returns>0-based, ascending; all where there are no more than are wanted.</returns>
    public static IEnumerable<int> Of(int all, int most)
    {
        int count = Math.Min(all, most);
        return Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)Math.Round((double)i * (all - 1) / (count - 1)));
    }
}
