using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The distance of many inputs to the nearest crease of every layer, and cumulated over depth.</summary>
/// <remarks>
/// Notation: r(x) = min |h - knot| / ‖∇h‖₂ (<see cref="CreaseDistances"/>), cumulative: the smallest over the first layers, the exact distance to the border of the region these layers cut. Source:
/// <c>balestriero2019geometry</c>. Measured at the input of the nonlinearity, batch normalization included. Cost: per input the derivatives of all units. Exactness: exact.
/// </remarks>
public sealed class CreaseDistanceTable
{
    private readonly double[] _distances;

    private CreaseDistanceTable(ImmutableArray<Node> layers, int count) => (Layers, Count, _distances) = (layers, count, new double[layers.Length * count]);

    /// <summary>The piecewise layers in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>Number of inputs.</summary>
    public int Count { get; }

    /// <summary>All distances. Shape [samples, layers]; infinite where no unit of the layer depends on the input.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>Distance to the nearest crease hyperplane of one layer.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="layer">0-based layer.</param>
    public double Distance(int sample, int layer) => _distances[sample * Layers.Length + layer];

    /// <summary>Distance to the nearest crease of all layers up to one.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="layer">0-based layer.</param>
    public double Cumulative(int sample, int layer)
    {
        double nearest = double.PositiveInfinity;
        for (int l = 0; l <= layer; l++)
            nearest = Math.Min(nearest, Distance(sample, l));
        return nearest;
    }

    /// <summary>A quantile over samples of the distance to one layer, or to all up to it.</summary>
    /// <param name="layer">0-based layer.</param>
    /// <param name="share">In [0, 1]; 0.5 is the median. Between two samples it interpolates.</param>
    /// <param name="isCumulative">Whether all layers up to this one count.</param>
    /// <returns>The distance; infinite where that many samples have no crease.</returns>
    public double Quantile(int layer, double share, bool isCumulative)
    {
        double[] sorted = [.. Enumerable.Range(0, Count).Select(s => isCumulative ? Cumulative(s, layer) : Distance(s, layer)).Order()];
        return Numerics.Quantile.OfSorted(sorted, share);
    }

    /// <summary>How many samples lie on a crease of one layer: on blank pixels the candidates of a max pooling often tie.</summary>
    /// <param name="layer">0-based layer.</param>
    public int OnCrease(int layer) => Enumerable.Range(0, Count).Count(s => Distance(s, layer) == 0);

    /// <summary>How many samples have their nearest crease of all in each layer. Shape [layers].</summary>
    public int[] NearestLayers()
    {
        var counts = new int[Layers.Length];
        for (int s = 0; s < Count; s++)
        {
            int best = 0;
            for (int l = 1; l < counts.Length; l++)
                best = Distance(s, l) < Distance(s, best) ? l : best;
            if (counts.Length > 0 && double.IsFinite(Distance(s, best)))
                counts[best]++;
        }
        return counts;
    }

    /// <summary>Measures.</summary>
    /// <param name="graph">The network, prepared.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="run">Threads, cancellation and progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    public static CreaseDistanceTable Of(PiecewiseGraph graph, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        run ??= RunContext.Default;
        Templates.CheckInputs(inputs, graph.Inputs);
        var table = new CreaseDistanceTable(graph.Layers, inputs.Count);
        RunContext one = run with { Threads = 1, Progress = null };
        int done = 0;
        Workers.InParts(inputs.Count, 1, run, () => 0, (_, s, _) =>
        {
            CreaseDistances.PerLayer(new Linearization(graph, inputs[s]), one).CopyTo(table._distances, s * graph.Layers.Length);
            run.Progress?.Report(new Progress((double)Interlocked.Increment(ref done) / inputs.Count, done));
        });
        return table;
    }
}
