using Microsoft.ML.Data;

namespace Crease.Lab;

/// <summary>Standardized rows.</summary>
/// <param name="rows">Shape [rows, width].</param>
/// <param name="width">Numbers in a row.</param>
internal sealed class DenseRows(double[][] rows, int width) : IProbeRows
{
    public int Width => width;

    public double this[int row, int column] => rows[row][column];

    public double Product(int row, ReadOnlySpan<double> weights) => Product(rows[row], weights);

    public VBuffer<float> Vector(int row) => new(width, Array.ConvertAll(rows[row], value => (float)value));

    // Terms are added in their order, so that vector units of other widths give the same bytes.
    public static double Product(ReadOnlySpan<double> row, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
            sum += row[i] * weights[i];
        return sum;
    }
}
