namespace Crease.Numerics;

/// <summary>Inner products of the rows of two matrices in float64, a panel of right rows at a time.</summary>
/// <remarks>
/// The right rows of a panel are packed by terms, so that the product reads one line of memory after the other. Every entry is one chain of fused multiply-adds over the terms in their
/// order: it depends neither on panels nor on threads, and it is the same with left and right exchanged.
/// </remarks>
internal sealed class GramProduct
{
    /// <summary>Right rows of a panel.</summary>
    public const int Panel = 32;

    // A packed part of 32 KiB stays in the fastest cache.
    private const int Part = 128;

    private readonly double[] _packed = new double[Panel * Part];
    private readonly int[] _terms = [.. Enumerable.Range(0, Part)];

    /// <summary>Adds the inner products of many left rows with the right rows of one panel.</summary>
    /// <param name="left">Shape [any, terms].</param>
    /// <param name="leftRow">First left row.</param>
    /// <param name="rows">Number of left rows, at least 1.</param>
    /// <param name="right">Shape [any, terms].</param>
    /// <param name="rightRow">First right row.</param>
    /// <param name="columns">Number of right rows, in [1, <see cref="Panel"/>].</param>
    /// <param name="terms">Length of a row.</param>
    /// <param name="sums">Shape [rows, <see cref="Panel"/>]; added to.</param>
    public void Add(double[] left, int leftRow, int rows, double[] right, int rightRow, int columns, int terms, double[] sums)
    {
        for (int start = 0; start < terms; start += Part)
        {
            int length = Math.Min(Part, terms - start);
            for (int c = 0; c < Panel; c++)
            {
                ReadOnlySpan<double> row = c < columns ? right.AsSpan((rightRow + c) * terms + start, length) : default;
                for (int k = 0; k < length; k++)
                    _packed[k * Panel + c] = row.IsEmpty ? 0 : row[k];
            }
            MatrixProduct.Add(left, leftRow * terms + start, terms, rows, _terms.AsSpan(0, length), _packed, Panel, sums, 0, Panel, Panel);
        }
    }
}
