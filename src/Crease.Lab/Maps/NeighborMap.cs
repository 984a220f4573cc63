using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Rows of numbers as points of a plane in which neighbors stay neighbors (t-SNE).</summary>
/// <remarks>
/// Distances between groups, and sizes of groups, mean nothing in such a map. Source: van der Maaten and Hinton (<c>vandermaaten2008tsne</c>) with groups
/// after van der Maaten (<c>vandermaaten2014accelerating</c>). Starts from the first two principal components, so that no choice is random.
/// Cost: rows² per step up to <see cref="NeighborMapOptions.MostExactRows"/>, rows · log(rows) beyond; rows² · columns once.
/// Exactness: a local minimum of the loss; the same rows give the same bits for any number of threads.
/// </remarks>
public sealed class NeighborMap
{
    private const double StartDeviation = 1e-4, Slow = 0.5, Fast = 0.8, LeastGain = 0.01;
    private const int Stride = 50;

    private NeighborMap(double perplexity, double[] reached, double[] xs, double[] ys, (int Step, double Loss)[] losses, bool isExact) =>
        (Perplexity, Perplexities, Xs, Ys, Losses, IsExact) = (perplexity, reached, xs, ys, losses, isExact);

    /// <summary>The perplexity that was asked for.</summary>
    public double Perplexity { get; }

    /// <summary>The perplexity that each row reached; a row with many equal ones may miss it. Shape [rows].</summary>
    public IReadOnlyList<double> Perplexities { get; }

    /// <summary>First coordinates. Shape [rows].</summary>
    public IReadOnlyList<double> Xs { get; }

    /// <summary>Second coordinates. Shape [rows].</summary>
    public IReadOnlyList<double> Ys { get; }

    /// <summary>The loss (Kullback-Leibler divergence, in nats) every 50 steps and at the end.</summary>
    public IReadOnlyList<(int Step, double Loss)> Losses { get; }

    /// <summary>Whether all pairs were counted.</summary>
    public bool IsExact { get; }

    /// <summary>Makes a map.</summary>
    /// <param name="rows">Shape [rows][columns]; finite, and of comparable scale in all columns.</param>
    /// <param name="options">How to make it.</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static NeighborMap Of(double[][] rows, NeighborMapOptions options, RunContext run)
    {
        double perplexity = options.Settled(rows.Length);
        bool isExact = rows.Length <= options.MostExactRows;
        int neighbors = isExact ? rows.Length - 1 : Math.Min(rows.Length - 1, (int)Math.Ceiling(3 * perplexity));
        (double[] xs, double[] ys) = Start(rows, run);
        Affinities affinities = Affinities.Of(rows, perplexity, neighbors, run);
        var gradient = new NeighborGradient(affinities, isExact ? null : options.Openness);
        return new NeighborMap(perplexity, affinities.Perplexities, xs, ys, Descend(gradient, xs, ys, options, run), isExact);
    }

    private static (double[] Xs, double[] Ys) Start(double[][] rows, RunContext run)
    {
        PrincipalComponents components = PrincipalComponents.Of(rows, Math.Min(2, rows[0].Length), isScaled: false, run);
        double scale = components.Variances[0] > 0 ? StartDeviation / Math.Sqrt(components.Variances[0]) : 0;
        double[] xs = new double[rows.Length], ys = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] at = components.Of(rows[i]);
            // Equal rows start apart by their number: points in one place could never part.
            double apart = 1e-3 * StartDeviation * i / rows.Length;
            (xs[i], ys[i]) = (scale * at[0] + apart, (at.Length > 1 ? scale * at[1] : 0) + apart * (i % 2 == 0 ? 1 : -1));
        }
        return (xs, ys);
    }

    private static (int, double)[] Descend(NeighborGradient gradient, double[] xs, double[] ys, NeighborMapOptions options, RunContext run)
    {
        int rows = xs.Length;
        double rate = Math.Max(rows / options.Exaggeration / 4, 50);
        var losses = new List<(int, double)>();
        double[][] places = [xs, ys], slopes = [new double[rows], new double[rows]], speeds = [new double[rows], new double[rows]], gains = [[.. Enumerable.Repeat(1.0, rows)], [.. Enumerable.Repeat(1.0, rows)]];
        for (int step = 0; step < options.Steps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            bool isExaggerated = step < options.ExaggeratedSteps;
            double loss = gradient.At(xs, ys, isExaggerated ? options.Exaggeration : 1, slopes[0], slopes[1], run);
            if (step % Stride == 0)
                losses.Add((step, loss));
            for (int axis = 0; axis < 2; axis++)
                Move(places[axis], slopes[axis], speeds[axis], gains[axis], rate, isExaggerated ? Slow : Fast);
            run.Progress?.Report(new Progress((step + 1.0) / options.Steps, step + 1));
        }
        losses.Add((options.Steps, gradient.At(xs, ys, 1, slopes[0], slopes[1], run)));
        return [.. losses];
    }

    private static void Move(double[] places, double[] slopes, double[] speeds, double[] gains, double rate, double momentum)
    {
        for (int i = 0; i < places.Length; i++)
        {
            gains[i] = Math.Max(LeastGain, slopes[i] * speeds[i] < 0 ? gains[i] + 0.2 : gains[i] * 0.8);
            speeds[i] = momentum * speeds[i] - rate * gains[i] * slopes[i];
            places[i] += speeds[i];
        }
        double mean = places.Sum() / places.Length;
        for (int i = 0; i < places.Length; i++)
            places[i] -= mean;
    }
}
