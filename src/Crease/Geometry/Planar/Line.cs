namespace Crease.Geometry;

/// <summary>What a line is, so that it can be computed again exactly: a row minus a knot, a row minus a row, or a side of the domain.</summary>
/// <param name="Segment">The stage (or, after the last, the output block) whose rows it is made of; -1 for a side of the domain.</param>
/// <param name="Row">The row, or the index of the side.</param>
/// <param name="Other">The row that is subtracted; -1 for none, -2 for a row with its sign reversed.</param>
/// <param name="Knot">The constant that is subtracted.</param>
internal readonly record struct Line(int Segment, int Row, int Other, double Knot)
{
    public static Line Side(int index) => new(-1, index, -1, 0);

    public static Line At(int segment, int row, double knot) => new(segment, row, -1, knot);

    /// <summary>A row with its sign reversed.</summary>
    public static Line Negated(int segment, int row) => new(segment, row, -2, 0);

    public bool IsNegated => Other == -2;

    public Line Reversed => At(Segment, Row, 0);

    public static Line Tie(int segment, int row, int other) => new(segment, row, other, 0);
}

/// <summary>One edge of a cell's polygon: the line a x + b y + c = 0 it lies on, and which crease that is.</summary>
internal struct Edge
{
    public double A, B, C;

    /// <summary>Length of the gradient (a, b).</summary>
    public double Length;

    /// <summary>Bound on how far rounding of the coefficients may have moved the line.</summary>
    public double Slack;

    /// <summary>How far rounding is expected to have moved it.</summary>
    public double Wobble;

    public Line Line;

    /// <summary>Crease number, or -1 - index for a side of the domain.</summary>
    public int Crease;

    /// <summary>The edge of the parent cell that this one is part of; negative for a new one.</summary>
    public int Source;
}
