namespace Crease.Numerics;

/// <summary>Square systems of linear equations, by Gaussian elimination with row pivots.</summary>
internal static class LinearSolve
{
    private const double Tiny = 1e-13;

    /// <summary>Solves A x = b.</summary>
    /// <param name="matrix">Shape [n, n], row-major.</param>
    /// <param name="right">Shape [n].</param>
    /// <returns>Shape [n], or null where a pivot is below 1e-13 of the largest entry.</returns>
    public static double[]? Of(ReadOnlySpan<double> matrix, ReadOnlySpan<double> right)
    {
        int n = right.Length;
        double[] a = matrix.ToArray(), x = right.ToArray();
        double largest = 0;
        foreach (double entry in a)
            largest = Math.Max(largest, Math.Abs(entry));
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
                pivot = Math.Abs(a[row * n + column]) > Math.Abs(a[pivot * n + column]) ? row : pivot;
            if (!(Math.Abs(a[pivot * n + column]) > Tiny * largest))
                return null;
            for (int k = 0; k < n && pivot != column; k++)
                (a[pivot * n + k], a[column * n + k]) = (a[column * n + k], a[pivot * n + k]);
            (x[pivot], x[column]) = (x[column], x[pivot]);
            for (int row = column + 1; row < n; row++)
            {
                double factor = a[row * n + column] / a[column * n + column];
                for (int k = column; k < n; k++)
                    a[row * n + k] -= factor * a[column * n + k];
                x[row] -= factor * x[column];
            }
        }
        for (int row = n - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < n; k++)
                x[row] -= a[row * n + k] * x[k];
            x[row] /= a[row * n + row];
        }
        return x;
    }
}
