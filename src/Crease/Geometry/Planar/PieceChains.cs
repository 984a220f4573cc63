namespace Crease.Geometry;

/// <summary>Room for putting pieces together: which edges of which pieces lie along ties, and along each side of the whole.</summary>
internal sealed class PieceChains
{
    private readonly List<List<(int Piece, int Edge)>> _sides = [];

    public List<(int Piece, int Edge)> Ties { get; } = [];

    /// <summary>Room for joining half-edges.</summary>
    public List<int> Join { get; } = [];

    public List<(int Piece, int Edge)> this[int side] => _sides[side];

    public void Begin(int sides)
    {
        Ties.Clear();
        while (_sides.Count < sides)
            _sides.Add([]);
        for (int side = 0; side < sides; side++)
            _sides[side].Clear();
    }
}
