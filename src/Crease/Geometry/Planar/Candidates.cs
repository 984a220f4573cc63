namespace Crease.Geometry;

/// <summary>Affine functions that compete for being the largest: rows of a block, and what they are.</summary>
/// <param name="rows">Where they are in the block.</param>
/// <param name="names">Which rows of their segment they are.</param>
/// <param name="positions">Their positions in the window, ascending; empty when none of the window's inputs is left out.</param>
/// <param name="segment">The stage whose rows they are, or the one after the last for outputs.</param>
/// <param name="window">The window they compete in, or -1 for outputs.</param>
internal readonly ref struct Candidates(ReadOnlySpan<int> rows, ReadOnlySpan<int> names, ReadOnlySpan<int> positions, int segment, int window)
{
    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<int> Names { get; } = names;

    public int Segment { get; } = segment;

    public int Window { get; } = window;

    public int Count => Rows.Length;

    private ReadOnlySpan<int> Positions { get; } = positions;

    /// <summary>Position of a candidate in the window.</summary>
    public int Position(int candidate) => Positions.IsEmpty ? candidate : Positions[candidate];

    /// <summary>The crease along which two candidates tie; -1 for outputs.</summary>
    public int Crease(CreaseIndex creases, int i, int j) =>
        Window < 0 ? -1 : creases.Tie(Segment, Window, Math.Min(Position(i), Position(j)), Math.Max(Position(i), Position(j)));
}
