using System.Numerics.Tensors;

namespace Crease.Numerics;

/// <summary>The factor L of a symmetric positive definite matrix A = L Lᵀ, and the solution of A x = b.</summary>
/// <remarks>Source: row-oriented Cholesky (<c>golub2013matrix</c>, section 4.2). Cost: size³ / 3 FLOPs.</remarks>
internal sealed class Cholesky
{
    private readonly double[][] _rows;

    private Cholesky(double[][] rows) => _rows = rows;

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">Shape [size, size], row-major; the lower triangle is read.</param>
    /// <param name="size">Number of rows.</param>
    /// <param name="ridge">Added to the diagonal, at least 0.</param>
    /// <returns>Null where a pivot is below size · 2⁻⁵² of its diagonal entry, or not finite: the matrix is not positive definite in float64.</returns>
    public static Cholesky? Of(ReadOnlySpan<double> matrix, int size, double ridge = 0)
    {
        var rows = new double[size][];
        for (int i = 0; i < size; i++)
        {
            rows[i] = matrix.Slice(i * size, i + 1).ToArray();
            rows[i][i] += ridge;
            double diagonal = rows[i][i];
            for (int j = 0; j < i; j++)
                rows[i][j] = (rows[i][j] - TensorPrimitives.Dot(rows[i].AsSpan(0, j), rows[j].AsSpan(0, j))) / rows[j][j];
            double pivot = diagonal - TensorPrimitives.Dot<double>(rows[i].AsSpan(0, i), rows[i].AsSpan(0, i));
            if (!double.IsFinite(pivot) || pivot <= size * Math.ScaleB(1, -52) * diagonal)
                return null;
            rows[i][i] = Math.Sqrt(pivot);
        }
        return new Cholesky(rows);
    }

    /// <summary>Solves A x = b in place.</summary>
    /// <param name="b">Shape [size]; becomes x.</param>
    public void Solve(Span<double> b)
    {
        for (int i = 0; i < b.Length; i++)
            b[i] = (b[i] - TensorPrimitives.Dot(_rows[i].AsSpan(0, i), b[..i])) / _rows[i][i];
        for (int i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= _rows[i][i];
            TensorPrimitives.MultiplyAdd(_rows[i].AsSpan(0, i), -b[i], b[..i], b[..i]);
        }
    }
}
