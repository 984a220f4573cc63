namespace Crease.Numerics;

/// <summary>Inner products of the rows of two matrices in float64, a tile at a time.</summary>
/// <remarks>
/// The right rows of a tile are packed by terms, so that the product reads one line of memory after the other, and a block of left rows meets all of them while it is in the cache. Every entry is one chain of fused
/// multiply-adds over the terms in their order: it depends neither on tiles nor on threads, and it is the same with left and right exchanged.
/// </remarks>
internal sealed class GramProduct
{
    /// <summary>Most right rows of a tile.</summary>
    public const int Columns = 128;

    /// <summary>Most left rows of a tile.</summary>
    public const int Rows = 256;

    // Four packed panels of 32 KiB, 64 KiB of left rows and the sums of a tile stay in the second cache.
    private const int Panel = 32, Part = 128, Block = 64;

    private readonly double[] _packed = new double[Columns * Part];
    private readonly int[] _terms = [.. Enumerable.Range(0, Part)];

    /// <summary>Adds the inner products of left rows with right rows.</summary>
    /// <param name="left">Shape [any, terms].</param>
    /// <param name="leftRow">First left row.</param>
    /// <param name="rows">Number of left rows, in [1, <see cref="Rows"/>].</param>
    /// <param name="right">Shape [any, terms].</param>
    /// <param name="rightRow">First right row.</param>
    /// <param name="columns">Number of right rows, in [1, <see cref="Columns"/>].</param>
    /// <param name="terms">Length of a row.</param>
    /// <param name="sums">Shape [rows, <see cref="Columns"/>]; added to.</param>
    public void Add(double[] left, int leftRow, int rows, double[] right, int rightRow, int columns, int terms, double[] sums)
    {
        int panels = (columns + Panel - 1) / Panel;
        for (int start = 0; start < terms; start += Part)
        {
            int length = Math.Min(Part, terms - start);
            for (int c = 0; c < panels * Panel; c++)
                Pack(c < columns ? right.AsSpan((rightRow + c) * terms + start, length) : default, c, length);
            for (int row = 0; row < rows; row += Block)
            {
                for (int panel = 0; panel < panels; panel++)
                    MatrixProduct.Add(left, (leftRow + row) * terms + start, terms, Math.Min(Block, rows - row), _terms.AsSpan(0, length), _packed, panel * Panel * Part, Panel, sums, row * Columns + panel * Panel, Columns, Panel);
            }
        }
    }

    private void Pack(ReadOnlySpan<double> row, int column, int length)
    {
        Span<double> packed = _packed.AsSpan(column / Panel * Panel * Part + column % Panel);
        for (int k = 0; k < length; k++)
            packed[k * Panel] = row.IsEmpty ? 0 : row[k];
    }
}
