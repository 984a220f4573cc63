using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Groups of inputs whose codes are alike, each around one of its inputs, found without labels.</summary>
/// <remarks>
/// k-medoids: the greedy start and then the best exchange of a medoid until none lowers the cost. Source: partitioning around medoids, Kaufman and Rousseeuw
/// (<c>kaufman1990finding</c>), chapter 2. Cost: [samples²] per exchange. Deterministic: equal costs go to the smaller index. The result is a local optimum.
/// </remarks>
public sealed class PartitionClusters
{
    private PartitionClusters(DistanceMatrix distances, int[] medoids)
    {
        Medoids = [.. medoids];
        var labels = new int[distances.Count];
        for (int s = 0; s < labels.Length; s++)
        {
            for (int c = 1; c < medoids.Length; c++)
                labels[s] = distances.Row(s)[medoids[c]] < distances.Row(s)[medoids[labels[s]]] ? c : labels[s];
            MeanDistance += distances.Row(s)[medoids[labels[s]]] / labels.Length;
        }
        Labels = [.. labels];
    }

    /// <summary>The sample in the middle of each cluster. Shape [clusters].</summary>
    public ImmutableArray<int> Medoids { get; }

    /// <summary>The cluster of each sample. Shape [samples].</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>Mean distance of a sample to its medoid.</summary>
    public double MeanDistance { get; }

    /// <summary>Share of samples whose class is the most frequent one of their cluster.</summary>
    /// <param name="classes">Shape [samples].</param>
    public double Purity(IReadOnlyList<int> classes)
    {
        int right = Enumerable.Range(0, Labels.Length).GroupBy(s => Labels[s]).Sum(cluster => cluster.GroupBy(s => classes[s]).Max(group => group.Count()));
        return (double)right / Labels.Length;
    }

    /// <summary>Clusters inputs.</summary>
    /// <param name="distances">Distances of all pairs.</param>
    /// <param name="clusters">Number of clusters, from 1 to the number of inputs.</param>
    /// <param name="run">Cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="clusters"/> is out of range.</exception>
    public static PartitionClusters Of(DistanceMatrix distances, int clusters, RunContext? run = null)
    {
        if (clusters < 1 || clusters > distances.Count)
            throw new ArgumentException($"'clusters' is {clusters}; expected 1 to {distances.Count}, the number of inputs.", nameof(clusters));
        run ??= RunContext.Default;
        var medoids = new List<int>(clusters);
        var nearest = new double[distances.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        while (medoids.Count < clusters)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            medoids.Add(Best(distances.Count, candidate => medoids.Contains(candidate) ? double.PositiveInfinity : Sum(nearest, distances.Row(candidate))));
            for (int s = 0; s < nearest.Length; s++)
                nearest[s] = Math.Min(nearest[s], distances.Row(s)[medoids[^1]]);
        }
        int[] found = [.. medoids];
        while (Improve(distances, found, run))
            run.Cancellation.ThrowIfCancellationRequested();
        return new PartitionClusters(distances, found);
    }

    // The best exchange of one medoid for one other input.
    private static bool Improve(DistanceMatrix distances, int[] medoids, RunContext run)
    {
        double best = Cost(distances, medoids) * (1 - 1e-12);
        (int Out, int In) exchange = (-1, -1);
        for (int m = 0; m < medoids.Length; m++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var others = new double[distances.Count];
            Array.Fill(others, double.PositiveInfinity);
            foreach (int medoid in medoids.Where(medoid => medoid != medoids[m]))
            {
                for (int s = 0; s < others.Length; s++)
                    others[s] = Math.Min(others[s], distances.Row(medoid)[s]);
            }
            int candidate = Best(distances.Count, other => medoids.Contains(other) ? double.PositiveInfinity : Sum(others, distances.Row(other)));
            double cost = Sum(others, distances.Row(candidate));
            if (cost < best && !medoids.Contains(candidate))
                (best, exchange) = (cost, (m, candidate));
        }
        if (exchange.Out < 0)
            return false;
        medoids[exchange.Out] = exchange.In;
        return true;
    }

    private static double Cost(DistanceMatrix distances, int[] medoids)
    {
        double cost = 0;
        for (int s = 0; s < distances.Count; s++)
            cost += medoids.Min(medoid => distances.Row(medoid)[s]);
        return cost;
    }

    private static double Sum(double[] nearest, ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int s = 0; s < nearest.Length; s++)
            sum += Math.Min(nearest[s], row[s]);
        return sum;
    }

    private static int Best(int count, Func<int, double> cost)
    {
        (int best, double least) = (0, double.PositiveInfinity);
        for (int i = 0; i < count; i++)
        {
            double found = cost(i);
            if (found < least)
                (best, least) = (i, found);
        }
        return best;
    }
}
