using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Differences of vectors, and difference quotients of networks inside one region.</summary>
internal static class Differences
{
    /// <summary>Largest difference over the largest size, at least 1.</summary>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double size = 1, largest = 0;
        for (int i = 0; i < first.Length; i++)
            (size, largest) = (Math.Max(size, Math.Abs(first[i])), Math.Max(largest, Math.Abs(first[i] - second[i])));
        return first.Length == second.Length ? largest / size : double.PositiveInfinity;
    }

    /// <summary>(f(x + r u) - f(x - r u)) / 2 r with r so small that no unit changes its piece: the slope of the region along u, exact up to rounding.</summary>
    /// <returns>Null where x lies on a crease.</returns>
    public static double[]? Along(PiecewiseGraph graph, double[] x, double[] u)
    {
        Code code = new Linearization(graph, x).Code();
        for (double r = 1e-2 / TensorPrimitives.Norm<double>(u); r > 1e-9; r /= 4)
        {
            Linearization ahead = new(graph, Moved(x, u, r)), behind = new(graph, Moved(x, u, -r));
            if (!code.Equals(ahead.Code()) || !code.Equals(behind.Code()))
                continue;
            double[] quotient = ahead.Value(graph.Output).ToArray();
            TensorPrimitives.Subtract(quotient, behind.Value(graph.Output), quotient);
            TensorPrimitives.Divide(quotient, 2 * r, quotient);
            return quotient;
        }
        return null;
    }

    public static double[] Moved(double[] x, double[] u, double by)
    {
        var moved = new double[x.Length];
        TensorPrimitives.MultiplyAdd(u, by, x, moved);
        return moved;
    }

    /// <summary>Determinant by elimination with the largest pivot of each column. Shape [n, n].</summary>
    public static double Determinant(double[] matrix, int n)
    {
        double[] a = [.. matrix];
        double determinant = 1;
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(row => Math.Abs(a[row * n + k]));
            determinant *= (pivot == k ? 1 : -1) * a[pivot * n + k];
            for (int j = 0; j < n; j++)
                (a[k * n + j], a[pivot * n + j]) = (a[pivot * n + j], a[k * n + j]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] / a[k * n + k];
                for (int j = k; j < n; j++)
                    a[i * n + j] -= factor * a[k * n + j];
            }
        }
        return determinant;
    }
}
