using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Fits of Gaussian features, drawn, beside <see cref="GaussianRisk"/>. All d coefficients are 1 / √d.</summary>
internal sealed record GaussianTrial
{
    public const int Samples = 40, Features = 100;

    public const double Noise = 0.5;

    /// <summary>p, features used: the first ones.</summary>
    public required int Used { get; init; }

    /// <summary>The exact risk; null where it is infinite.</summary>
    public required double? Exact { get; init; }

    /// <summary>Median over draws.</summary>
    public required double Median { get; init; }

    /// <summary>Mean over draws.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard error of the mean; null of a single draw.</summary>
    public required double? Error { get; init; }

    /// <summary>The sizes of figure and table.</summary>
    public static IEnumerable<int> Sizes { get; } = [2, 5, 10, 20, 30, 34, 36, 38, 39, 40, 41, 42, 44, 46, 50, 60, 80, 100];

    /// <summary>Draws fits.</summary>
    /// <param name="used">p, in [1, 100].</param>
    /// <param name="draws">Number of fits, at least 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public static GaussianTrial Of(int used, int draws, ulong seed, CancellationToken cancellation)
    {
        var risks = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            risks[draw] = Risk(used, RandomStreams.Of(seed, RandomStreams.Trials, (ulong)(draw * (Features + 1) + used)));
        }
        double exact = GaussianRisk.Of(Samples, used, used / (double)Features, 1 - used / (double)Features, Noise * Noise), error = StandardError.Of(risks);
        return new GaussianTrial { Used = used, Exact = double.IsFinite(exact) ? exact : null, Median = Numerics.Median.Of(risks), Mean = risks.Average(), Error = double.IsFinite(error) ? error : null };
    }

    // The risk of a fit is known from its coefficients: no test rows are drawn.
    private static double Risk(int used, RandomSource random)
    {
        double weight = 1 / Math.Sqrt(Features);
        double[][] rows = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, Features).Select(_ => random.Normal()).ToArray())];
        double[] answers = [.. rows.Select(row => weight * row.Sum() + Noise * random.Normal())];
        double[][] columns = [.. Enumerable.Range(0, used).Select(k => rows.Select(row => row[k]).ToArray())];
        double[] fitted;
        if (used <= Samples)
        {
            double[] right = [.. columns.Select(column => TensorPrimitives.Dot<double>(column, answers))];
            fitted = Solved(columns, right);
        }
        else
        {
            double[] dual = Solved([.. rows.Select(row => row[..used])], answers);
            fitted = [.. columns.Select(column => TensorPrimitives.Dot<double>(column, dual))];
        }
        return fitted.Sum(value => (value - weight) * (value - weight)) + (Features - used) * weight * weight + Noise * Noise;
    }

    private static double[] Solved(double[][] vectors, double[] right)
    {
        int size = vectors.Length;
        var gram = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[i * size + j] = TensorPrimitives.Dot<double>(vectors[i], vectors[j]);
        }
        Cholesky factor = Cholesky.Of(gram, size) ?? throw new TrainingException($"Gaussian features of {size} vectors are singular in float64; another seed draws others.");
        factor.Solve(right);
        return right;
    }
}
