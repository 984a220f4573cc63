using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Local complexity beside the exact number of regions in a plane, over the networks of a training.</summary>
/// <remarks>
/// Around each row the same directions are used: the first two span the plane, in which the diamond of the given radius is cut exactly. Source: <c>humayun2024grok</c>, figure 35,
/// and <c>humayun2023training</c>, figure 12 (r = 0.001, P = 25, 500 rows, 20 networks).
/// </remarks>
/// <param name="Steps">Steps of the networks. Shape [networks].</param>
/// <param name="Complexity">Mean local complexity, with P directions. Shape [networks].</param>
/// <param name="Regions">Mean exact number of regions of the diamond. Shape [networks].</param>
/// <param name="Correlation">Spearman's rank correlation of the two over the networks.</param>
internal sealed record ExactComparison(ImmutableArray<double> Steps, ImmutableArray<double> Complexity, ImmutableArray<double> Regions, double Correlation)
{
    public static ExactComparison Of(CheckpointSeries series, DataSet train, GrokkingOptions options, RunContext run, Action<StudyProgress>? told)
    {
        double[][] rows = train.FirstRows(options.ExactSamples);
        IReadOnlyList<Checkpoint> chosen = Spread(series.Checkpoints, options.ExactCheckpoints);
        var (complexity, regions) = (new double[chosen.Count], new double[chosen.Count]);
        int inputs = rows[0].Length;
        OrthonormalDirections plane = OrthonormalDirections.Random(inputs, Math.Min(2, inputs), run.Seed);
        for (int i = 0; i < chosen.Count; i++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Network network = CheckpointSeries.Load(chosen[i]);
            var estimator = new LocalComplexityEstimator(network, new LocalComplexityOptions { Radius = options.Radius, Directions = Math.Min(options.Directions, inputs), Seed = run.Seed });
            complexity[i] = estimator.Measure(rows, run with { Progress = null }).Totals.Mean;
            var partitioner = new PlanarPartitioner(network);
            regions[i] = rows.Average(row => DiamondCount.Of(partitioner, row, plane, options.Radius, run with { Progress = null }).Regions);
            told?.Invoke(new StudyProgress("counting exactly", i + 1, chosen.Count));
        }
        return new ExactComparison([.. chosen.Select(item => (double)item.Step)], [.. complexity], [.. regions], RankCorrelation.Of(complexity, regions));
    }

    // Evenly in the logarithm of the step, first and last among them.
    private static IReadOnlyList<Checkpoint> Spread(IReadOnlyList<Checkpoint> all, int count)
    {
        if (all.Count <= count)
            return all;
        double last = Math.Log(all[^1].Step + 1);
        var chosen = new SortedSet<int>();
        for (int i = 0; i < count; i++)
        {
            double step = Math.Exp(last * i / (count - 1)) - 1;
            int next = Enumerable.Range(0, all.Count).MinBy(index => Math.Abs(Math.Log(all[index].Step + 1) - Math.Log(step + 1)));
            while (!chosen.Add(next) && next + 1 < all.Count)
                next++;
        }
        return [.. chosen.Select(index => all[index])];
    }
}
