namespace Crease.Geometry;

/// <summary>A box around a cell: most affine functions have one sign on it, which takes one evaluation instead of one per corner.</summary>
/// <param name="X">Center of the cell's corners.</param>
/// <param name="Y">Likewise.</param>
/// <param name="Width">Largest distance of a corner from the center in x.</param>
/// <param name="Height">Likewise in y.</param>
/// <param name="Doubt">Largest doubt of a corner.</param>
internal readonly record struct CellBox(double X, double Y, double Width, double Height, double Doubt)
{
    /// <summary>Whether a x + b y + c is above 0 on the whole cell, beyond doubt; false decides nothing.</summary>
    // The doubt counts twice: for the value at the center and for the differences from it.
    public bool IsAbove(double a, double b, double c) =>
        Math.FusedMultiplyAdd(a, X, Math.FusedMultiplyAdd(b, Y, c)) > Math.Abs(a) * Width + Math.Abs(b) * Height + 2 * Doubt;
}
