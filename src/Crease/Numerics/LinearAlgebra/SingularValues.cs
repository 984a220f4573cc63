using System.Numerics.Tensors;

namespace Crease.Numerics;

/// <summary>Singular values by one-sided Jacobi rotations, which find small ones to high relative accuracy.</summary>
/// <remarks>Source: Demmel and Veselić (<c>demmel1992jacobi</c>). Of a symmetric positive semidefinite matrix they are the eigenvalues. Cost: about 10 sweeps of [columns²] rotations of [rows] numbers.</remarks>
internal static class SingularValues
{
    private const int MostSweeps = 60;
    private const double Orthogonal = 1e-15;

    /// <summary>The singular values of a matrix.</summary>
    /// <param name="matrix">Shape [rows, columns], row-major, finite.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <returns>Shape [min(rows, columns)], descending.</returns>
    public static double[] Of(ReadOnlySpan<double> matrix, int columns)
    {
        int rows = matrix.Length / columns, count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        // The shorter side is rotated; entries are scaled so that squares neither vanish nor overflow.
        double largest = matrix.IsEmpty ? 0 : TensorPrimitives.MaxMagnitude(matrix);
        largest = Math.Abs(largest);
        if (largest == 0)
            return new double[count];
        var vectors = new double[count * length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++)
                vectors[i * length + j] = (rows >= columns ? matrix[j * columns + i] : matrix[i * columns + j]) / largest;
        }
        for (int sweep = 0; sweep < MostSweeps && Sweep(vectors, count, length); sweep++)
        {
        }
        double[] values = [.. Enumerable.Range(0, count).Select(i => largest * Math.Sqrt(TensorPrimitives.SumOfSquares<double>(vectors.AsSpan(i * length, length))))];
        Array.Sort(values);
        Array.Reverse(values);
        return values;
    }

    private static bool Sweep(double[] vectors, int count, int length)
    {
        bool turned = false;
        for (int p = 0; p < count; p++)
        {
            for (int q = p + 1; q < count; q++)
            {
                Span<double> x = vectors.AsSpan(p * length, length), y = vectors.AsSpan(q * length, length);
                double xx = TensorPrimitives.SumOfSquares<double>(x), yy = TensorPrimitives.SumOfSquares<double>(y), xy = TensorPrimitives.Dot<double>(x, y);
                if (Math.Abs(xy) <= Orthogonal * Math.Sqrt(xx) * Math.Sqrt(yy))
                    continue;
                turned = true;
                double zeta = (yy - xx) / (2 * xy), t = Math.CopySign(1, zeta) / (Math.Abs(zeta) + double.Hypot(1, zeta)), c = 1 / double.Hypot(1, t), s = c * t;
                for (int i = 0; i < length; i++)
                    (x[i], y[i]) = (c * x[i] - s * y[i], s * x[i] + c * y[i]);
            }
        }
        return turned;
    }
}
