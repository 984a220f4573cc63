using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Products of centered rows with one another, in blocks, without a centered copy of them.</summary>
internal static class Products
{
    private const int Block = 256;

    /// <summary>Σ_i (x_i - c) (x_i - c)ᵀ. Shape [columns][columns].</summary>
    /// <param name="rows">Rows x of one length.</param>
    /// <param name="center">c. Shape [columns].</param>
    /// <param name="run">Threads and cancellation.</param>
    public static double[][] OfColumns(IReadOnlyList<double[]> rows, double[] center, RunContext run)
    {
        int columns = center.Length, stride = MatrixProduct.Padded(columns);
        double[] sum = new double[columns * stride], a = new double[columns * Block], b = new double[Block * stride];
        for (int first = 0; first < rows.Count; first += Block)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(Block, rows.Count - first);
            for (int i = 0; i < count; i++)
            {
                for (int c = 0; c < columns; c++)
                    a[c * Block + i] = b[i * stride + c] = rows[first + i][c] - center[c];
            }
            int[] terms = [.. Enumerable.Range(0, count)];
            Workers.InParts(columns, 64, run, () => 0, (_, from, some) => MatrixProduct.Add(a, from * Block, Block, some, terms, b, stride, sum, from * stride, stride, stride));
        }
        return [.. Enumerable.Range(0, columns).Select(c => sum.AsSpan(c * stride, columns).ToArray())];
    }

    /// <summary>⟨x_i - c, x_j - c⟩. Shape [rows][rows].</summary>
    /// <inheritdoc cref="OfColumns"/>
    public static double[][] OfRows(IReadOnlyList<double[]> rows, double[] center, RunContext run)
    {
        double[][] columns = [.. center.Select((middle, c) => rows.Select(row => row[c] - middle).ToArray())];
        return OfColumns(columns, new double[rows.Count], run);
    }
}
