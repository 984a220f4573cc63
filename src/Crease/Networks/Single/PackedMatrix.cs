using Crease.Numerics;

namespace Crease.Networks;

/// <summary>A matrix in single precision as the right factor of products: panels of columns, each contiguous, so that one stays in the nearest cache.</summary>
internal sealed class PackedMatrix
{
    private readonly float[] _numbers;
    private readonly int[] _full, _last;
    private readonly int _terms, _padded;

    /// <summary>Packs a matrix.</summary>
    /// <param name="matrix">Shape [terms, columns], or [columns, terms] if transposed; row-major.</param>
    /// <param name="terms">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="isTransposed">Whether the matrix is stored by columns.</param>
    public PackedMatrix(ReadOnlySpan<double> matrix, int terms, int columns, bool isTransposed)
    {
        (_terms, _padded) = (terms, OffsetProduct.Padded(columns));
        _numbers = new float[checked(terms * _padded)];
        for (int column = 0; column < columns; column++)
        {
            (int start, int width) = Panel(column);
            for (int term = 0; term < terms; term++)
                _numbers[start * terms + term * width + column - start] = (float)(isTransposed ? matrix[column * terms + term] : matrix[term * columns + column]);
        }
        _full = Steps(OffsetProduct.PanelColumns);
        _last = Steps(_padded % OffsetProduct.PanelColumns);
    }

    /// <summary>Adds rows times this matrix.</summary>
    /// <param name="a">Shape [rows, terms].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="c">Shape [rows, columns, rounded up to <see cref="OffsetProduct.Lanes"/>]; added to.</param>
    public void AddTo(ReadOnlySpan<float> a, int rows, Span<float> c)
    {
        for (int column = 0; column < _padded; column += OffsetProduct.PanelColumns)
        {
            (int start, int width) = Panel(column);
            OffsetProduct.Add(a, _terms, rows, width == OffsetProduct.PanelColumns ? _full : _last, _numbers.AsSpan(start * _terms, width * _terms), c[start..], _padded, width);
        }
    }

    private (int Start, int Width) Panel(int column)
    {
        int start = column & -OffsetProduct.PanelColumns;
        return (start, Math.Min(OffsetProduct.PanelColumns, _padded - start));
    }

    private int[] Steps(int width) => [.. Enumerable.Range(0, width == 0 ? 0 : _terms).Select(term => term * width)];
}
