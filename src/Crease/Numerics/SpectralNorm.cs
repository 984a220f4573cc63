using System.Numerics.Tensors;

namespace Crease.Numerics;

/// <summary>The largest singular value of a matrix or of a linear map: how much it stretches a vector at most.</summary>
internal static class SpectralNorm
{
    private const int MostSteps = 2000, LargestGram = 256;
    private const double Wanted = 1e-10, Accepted = 1e-6;

    /// <summary>Of a matrix; small ones by the eigenvalues of their Gram matrix, others by iteration.</summary>
    /// <param name="matrix">Shape [rows, columns], row-major.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    public static double Of(ReadOnlySpan<double> matrix, int rows, int columns)
    {
        double scale = TensorPrimitives.MaxMagnitude(matrix);
        if (scale == 0 || Math.Min(rows, columns) == 1)
            return TensorPrimitives.Norm(matrix);
        var scaled = new double[matrix.Length];
        TensorPrimitives.Divide(matrix, Math.Abs(scale), scaled);
        if (rows > columns)
            (scaled, rows, columns) = (Transposed(scaled, rows, columns), columns, rows);
        if (rows <= LargestGram)
            return Math.Abs(scale) * Math.Sqrt(Math.Max(0, SymmetricEigen.Values(Gram(scaled, rows, columns))[0]));
        double[] transposed = Transposed(scaled, rows, columns);
        return Math.Abs(scale) * OfMap(columns, x => Product(scaled, rows, columns, x), y => Product(transposed, columns, rows, y), 0).Norm;
    }

    /// <summary>Of a linear map: small ones by their matrix, others by power iteration on Wᵀ W.</summary>
    /// <param name="size">Length of its argument.</param>
    /// <param name="push">x to W x.</param>
    /// <param name="pull">y to Wᵀ y.</param>
    /// <param name="seed">Seed of the first vector.</param>
    /// <returns>The norm, with the residual of its eigenvector added, and whether that residual is below a millionth.</returns>
    public static (double Norm, bool HasConverged) OfMap(int size, Func<double[], double[]> push, Func<double[], double[]> pull, ulong seed)
    {
        if (size <= LargestGram)
            return (OfColumns(size, push), true);
        var random = new RandomSource(seed);
        double[] v = [.. Enumerable.Range(0, size).Select(_ => random.Normal())], residual = new double[size];
        TensorPrimitives.Divide(v, TensorPrimitives.Norm<double>(v), v);
        for (int step = 1; ; step++)
        {
            double[] next = pull(push(v));
            double value = TensorPrimitives.Dot<double>(v, next), norm = TensorPrimitives.Norm<double>(next);
            if (norm == 0)
                return (0, true);
            // ‖G v - λ v‖ bounds how far λ is from an eigenvalue of G = WᵀW.
            TensorPrimitives.MultiplyAdd(v, -value, next, residual);
            double left = TensorPrimitives.Norm<double>(residual);
            if (left <= Wanted * value || step == MostSteps)
                return (Math.Sqrt(value + left), left <= Accepted * value);
            TensorPrimitives.Divide(next, norm, v);
        }
    }

    private static double OfColumns(int size, Func<double[], double[]> push)
    {
        double[][] columns = new double[size][];
        for (int i = 0; i < size; i++)
        {
            var unit = new double[size];
            unit[i] = 1;
            columns[i] = push(unit);
        }
        return Of([.. columns.SelectMany(column => column)], size, columns[0].Length);
    }

    private static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var transposed = new double[matrix.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                transposed[c * rows + r] = matrix[r * columns + c];
        }
        return transposed;
    }

    private static double[] Product(double[] matrix, int rows, int columns, double[] x)
    {
        var y = new double[rows];
        for (int r = 0; r < rows; r++)
            y[r] = TensorPrimitives.Dot(matrix.AsSpan(r * columns, columns), x);
        return y;
    }

    private static double[][] Gram(double[] matrix, int rows, int columns)
    {
        double[][] gram = [.. Enumerable.Range(0, rows).Select(_ => new double[rows])];
        for (int a = 0; a < rows; a++)
        {
            for (int b = 0; b <= a; b++)
                gram[a][b] = gram[b][a] = TensorPrimitives.Dot<double>(matrix.AsSpan(a * columns, columns), matrix.AsSpan(b * columns, columns));
        }
        return gram;
    }
}
