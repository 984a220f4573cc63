using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>How many units may change their piece on a box of inputs: those that proved bounds do not settle.</summary>
/// <remarks>
/// A unit that is not counted keeps one piece on the whole box; one that is counted need not change it. Bounds: interval arithmetic, or tightened by back-substitution before every layer
/// (<c>zhang2018efficient</c>). Exactness: certified from above.
/// </remarks>
/// <param name="Layers">The piecewise layers in topological order, those that the output depends on.</param>
/// <param name="Unstable">Units of each layer that may change. Shape [layers].</param>
/// <param name="Units">Units of each layer. Shape [layers].</param>
public sealed record UnstableUnits(ImmutableArray<Node> Layers, ImmutableArray<int> Unstable, ImmutableArray<int> Units)
{
    /// <summary>Units of all layers that may change, as a share of all; 0 where there are no units. In [0, 1].</summary>
    public double Share => Units.Sum() is > 0 and int all ? (double)Unstable.Sum() / all : 0;

    /// <summary>Counts around each of many inputs.</summary>
    /// <param name="network">One input; affine and piecewise-affine layers up to <paramref name="output"/>.</param>
    /// <param name="inputs">One array per input, each of shape [inputs], finite.</param>
    /// <param name="radius">Half the side of the box: a ball in L∞. At least 0.</param>
    /// <param name="relaxed">Whether back-substitution tightens the intervals: closer bounds, at a product of matrices per unit.</param>
    /// <param name="output">Index of the node behind which nothing counts; null for the first output.</param>
    /// <param name="run">Threads, cancellation and progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <returns>One entry per input.</returns>
    /// <exception cref="ArgumentException">A layer is smooth, an input does not fit, or the radius is out of range.</exception>
    public static UnstableUnits[] Around(Network network, IReadOnlyList<double[]> inputs, double radius, bool relaxed = false, int? output = null, RunContext? run = null)
    {
        run ??= RunContext.Default;
        var graph = new BoundGraph(network, output);
        var counts = new UnstableUnits[inputs.Count];
        int bad = inputs.ToList().FindIndex(input => input.Length != network.InputShape.Size);
        if (bad >= 0)
            throw new ArgumentException($"'inputs' has {inputs[bad].Length} numbers in input {bad}; the network takes {network.InputShape.Size}.", nameof(inputs));
        ImmutableArray<Node> layers = [.. graph.Network.Nodes.Where(node => graph.Piecewise[node.Index] is not null)];
        ImmutableArray<int> units = [.. layers.Select(layer => graph.Piecewise[layer.Index]!.Units)];
        int done = 0;
        Workers.InParts(inputs.Count, 1, run, () => 0, (_, i, _) =>
        {
            counts[i] = new UnstableUnits(layers, On(graph, layers, InputRegion.Around(inputs[i], radius), relaxed, run.Cancellation), units);
            run.Progress?.Report(new Progress((double)Interlocked.Increment(ref done) / inputs.Count, done));
        });
        return counts;
    }

    private static ImmutableArray<int> On(BoundGraph graph, ImmutableArray<Node> layers, InputRegion region, bool relaxed, CancellationToken cancellation)
    {
        Ranges ranges = new RangeFinder(graph, new ErrorSizes(graph.Sizes.Length), 64).Root(region, relaxed, cancellation);
        return [.. layers.Select(Open)];

        int Open(Node layer)
        {
            int input = layer.Inputs[0];
            PiecewiseStep step = graph.Piecewise[layer.Index]!;
            return Enumerable.Range(0, step.Units).Count(unit => !step.IsStable(unit, ranges.Lower[input], ranges.Upper[input]));
        }
    }
}
