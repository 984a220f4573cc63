namespace Crease.Lab;

/// <summary>Texts to probe: their features, and what the controls need to know about them.</summary>
public sealed record ProbeData
{
    /// <summary>Features, one row per text.</summary>
    public required ProbeTable Table { get; init; }

    /// <summary>Number of tokens of each text, or null where that is not known. Shape [rows].</summary>
    public int[]? Tokens { get; init; }

    /// <summary>The texts, or null where they are not at hand. Shape [rows].</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Where each text is from, or null where that is not known. Shape [rows].</summary>
    public string[]? Sources { get; init; }

    /// <exception cref="ArgumentException">A shape is not that of the table.</exception>
    internal void Check()
    {
        foreach ((string name, int? count) in new[] { (nameof(Tokens), Tokens?.Length), (nameof(Texts), Texts?.Count), (nameof(Sources), Sources?.Length) })
        {
            if (count is int entries && entries != Table.Rows.Length)
                throw new ArgumentException($"'{name}' has {entries} entries; expected {Table.Rows.Length}, one per row of the table.");
        }
    }
}
