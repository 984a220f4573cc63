namespace Crease.Lab;

/// <summary>Rows of a feature table from measured rows of data.</summary>
public static class GateRows
{
    /// <summary>Every row by itself: a text of one token, whose deviations are not defined.</summary>
    /// <param name="places">Measured rows.</param>
    public static IEnumerable<FeatureRow> OneByOne(TokenPlaces places) =>
        Enumerable.Range(0, places.Tokens).Select(row => Row(places, row, [row], []));

    /// <summary>A row per group: a text whose tokens are the group's rows.</summary>
    /// <param name="places">Measured rows.</param>
    /// <param name="groups">Index of each row's group, at least 0. Shape [rows].</param>
    /// <param name="names">Name of each group, which becomes the one field of its row.</param>
    /// <returns>In the order of the indices, without groups that have no rows.</returns>
    /// <exception cref="ArgumentException">There are not as many groups as rows, or an index has no name.</exception>
    public static IEnumerable<FeatureRow> Grouped(TokenPlaces places, IReadOnlyList<int> groups, IReadOnlyList<string> names)
    {
        if (groups.Count != places.Tokens || groups.Any(group => group < 0 || group >= names.Count))
            throw new ArgumentException($"'groups' has {groups.Count} entries for {places.Tokens} rows and {names.Count} names; expected one per row, each in [0, {names.Count}).", nameof(groups));
        return Enumerable.Range(0, groups.Count).GroupBy(row => groups[row]).OrderBy(group => group.Key)
            .Select(group => Row(places, group.Key, [.. group], [names[group.Key]]));
    }

    private static FeatureRow Row(TokenPlaces places, long row, int[] tokens, string[] fields) => new(row, tokens.Length, fields,
        [.. Enumerable.Range(0, places.Layers).SelectMany(layer => Features(places, layer, tokens).ToArray()).Select(value => value ?? double.NaN)]);

    private static LayerFeatures Features(TokenPlaces places, int layer, int[] tokens)
    {
        var growing = new FeatureAccumulator();
        foreach (int token in tokens)
            growing.Add(places.Sign(layer, token), places.Distance(layer, token) ?? double.NaN);
        return growing.Current;
    }
}
