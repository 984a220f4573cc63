using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Inputs in a plane so that their distances follow the partition distance: classical scaling, no labels.</summary>
/// <remarks>
/// The two leading eigenvectors of -½ J D² J with J = I - 11ᵀ/n, by orthogonal iteration. Source: classical multidimensional scaling, Torgerson (<c>torgerson1952scaling</c>).
/// Cost: [samples²] per step. Signs: the entry of largest magnitude of each axis is positive.
/// </remarks>
public sealed class PartitionEmbedding
{
    private const int MostSteps = 1000;

    private PartitionEmbedding(double[] xs, double[] ys, double explained) => (Xs, Ys, Explained) = ([.. xs], [.. ys], explained);

    /// <summary>First coordinates. Shape [samples].</summary>
    public System.Collections.Immutable.ImmutableArray<double> Xs { get; }

    /// <summary>Second coordinates. Shape [samples].</summary>
    public System.Collections.Immutable.ImmutableArray<double> Ys { get; }

    /// <summary>Share of the squared spread that the plane keeps, in [0, 1].</summary>
    public double Explained { get; }

    /// <summary>Embeds inputs.</summary>
    /// <param name="distances">Distances of all pairs.</param>
    /// <param name="run">Seed of the start, and cancellation; null for the defaults.</param>
    public static PartitionEmbedding Of(DistanceMatrix distances, RunContext? run = null)
    {
        run ??= RunContext.Default;
        int n = distances.Count;
        double[] products = Centered(distances);
        var random = new RandomSource(run.Seed);
        double[][] axes = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, n).Select(_ => random.Normal()).ToArray())];
        double[] values = new double[2];
        for (int step = 0; step < MostSteps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            double[] before = [.. values];
            for (int a = 0; a < 2; a++)
                (axes[a], values[a]) = Step(products, axes, a, n);
            if (Math.Abs(values[0] - before[0]) + Math.Abs(values[1] - before[1]) <= 1e-13 * (values[0] + values[1]))
                break;
        }
        double total = 0;
        for (int i = 0; i < n; i++)
            total += products[i * n + i];
        return new PartitionEmbedding(Scaled(axes[0], values[0]), Scaled(axes[1], values[1]), total > 0 ? Math.Clamp((values[0] + values[1]) / total, 0, 1) : 1);
    }

    private static double[] Centered(DistanceMatrix distances)
    {
        int n = distances.Count;
        var squares = new double[n * n];
        var means = new double[n];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = squares.AsSpan(i * n, n);
            TensorPrimitives.Multiply(distances.Row(i), distances.Row(i), row);
            means[i] = TensorPrimitives.Sum(row) / n;
        }
        double mean = means.Sum() / n;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                squares[i * n + j] = -0.5 * (squares[i * n + j] - means[i] - means[j] + mean);
        }
        return squares;
    }

    private static (double[] Axis, double Value) Step(double[] products, double[][] axes, int axis, int n)
    {
        var next = new double[n];
        for (int i = 0; i < n; i++)
            next[i] = TensorPrimitives.Dot<double>(products.AsSpan(i * n, n), axes[axis]);
        for (int earlier = 0; earlier < axis; earlier++)
            TensorPrimitives.MultiplyAdd(axes[earlier], -TensorPrimitives.Dot<double>(axes[earlier], next), next, next);
        double norm = TensorPrimitives.Norm<double>(next);
        if (norm > 0)
            TensorPrimitives.Divide(next, norm, next);
        return (next, norm);
    }

    private static double[] Scaled(double[] axis, double value)
    {
        double sign = axis.MaxBy(Math.Abs) < 0 ? -1 : 1;
        return [.. axis.Select(entry => sign * Math.Sqrt(value) * entry)];
    }
}
