using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The variances of points along their principal directions, and the points in those directions.</summary>
/// <remarks>
/// From the covariance, or from the products of the points with one another where there are fewer points than columns; both have the same eigenvalues. Variances below 1e-12 of the largest are 0.
/// Cost: points · columns · min(points, columns) FLOPs and at most 9 of the smaller cubed.
/// </remarks>
internal sealed class PrincipalVariances
{
    private const double Zero = 1e-12;

    private readonly IReadOnlyList<double[]> _rows;
    private readonly double[] _mean;
    private readonly double[][]? _vectors;
    private readonly bool _isDual;

    private PrincipalVariances(IReadOnlyList<double[]> rows, double[] mean, double[] values, double[][]? vectors, bool isDual)
    {
        double largest = values.Length == 0 ? 0 : Math.Max(0, values[0]);
        (_rows, _mean, _vectors, _isDual) = (rows, mean, vectors, isDual);
        Values = Array.ConvertAll(values, value => value > Zero * largest ? value : 0);
    }

    /// <summary>Variances (with points - 1), largest first. Shape [min(points, columns)].</summary>
    public double[] Values { get; }

    /// <summary>The variances of points.</summary>
    /// <param name="rows">At least 2 rows of one length.</param>
    /// <param name="wantsScores">Whether <see cref="Scores"/> will be asked for.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static PrincipalVariances Of(IReadOnlyList<double[]> rows, bool wantsScores, RunContext run)
    {
        int columns = rows[0].Length;
        double[] mean = new double[columns];
        foreach (double[] row in rows)
        {
            for (int c = 0; c < columns; c++)
                mean[c] += row[c] / rows.Count;
        }
        bool isDual = rows.Count < columns;
        double[][] matrix = isDual ? Products.OfRows(rows, mean, run) : Products.OfColumns(rows, mean, run);
        foreach (double[] row in matrix)
        {
            for (int c = 0; c < row.Length; c++)
                row[c] /= rows.Count - 1;
        }
        if (!wantsScores)
            return new PrincipalVariances(rows, mean, SymmetricEigen.Values(matrix), null, isDual);
        (double[] values, double[][] vectors) = SymmetricEigen.Of(matrix);
        return new PrincipalVariances(rows, mean, values, vectors, isDual);
    }

    /// <summary>The points along the first principal directions, each with variance 1. Shape [points][count].</summary>
    /// <param name="count">At most as many as there are variances above 0.</param>
    public double[][] Scores(int count)
    {
        var scores = new double[_rows.Count][];
        double[] centered = new double[_mean.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = new double[count];
            TensorPrimitives.Subtract(_rows[i], _mean, centered);
            for (int c = 0; c < count; c++)
            {
                // The eigenvectors of the products are the scores themselves, of length 1.
                scores[i][c] = _isDual ? _vectors![c][i] * Math.Sqrt(_rows.Count - 1) : TensorPrimitives.Dot<double>(centered, _vectors![c]) / Math.Sqrt(Values[c]);
            }
        }
        return scores;
    }
}
