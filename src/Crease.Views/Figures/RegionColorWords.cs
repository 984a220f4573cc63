namespace Crease.Views;

/// <summary>What people call the colors of regions.</summary>
public static class RegionColorWords
{
    private static readonly string[] Words = ["slope", "class", "area", "depth", "random"];

    /// <summary>All words: slope, class, area, depth, random.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The color of a word, or null where it is none.</summary>
    /// <param name="word">One of <see cref="All"/>.</param>
    public static RegionColor? Of(string word) => Array.IndexOf(Words, word) is >= 0 and int index ? (RegionColor)index : null;
}
