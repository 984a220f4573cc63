using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Codes and classes of a network at many inputs, and the nearest boundaries of the first of them.</summary>
/// <remarks>Exactness: exact (float64). Cost: a forward pass per input; per input with distances the derivatives of all units.</remarks>
public sealed class SampleCodes
{
    private SampleCodes(ImmutableArray<Node> layers, ImmutableArray<Code> codes, ImmutableArray<int> classes, ImmutableArray<double> creases, ImmutableArray<double> boundaries) =>
        (Layers, Codes, Classes, CreaseDistances, BoundaryDistances) = (layers, codes, classes, creases, boundaries);

    /// <summary>The piecewise layers in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>The activation pattern of every input.</summary>
    public ImmutableArray<Code> Codes { get; }

    /// <summary>The largest output of every input; for one output 1 where it is positive, else 0.</summary>
    public ImmutableArray<int> Classes { get; }

    /// <summary>Distance in L2 from each of the first inputs to the border of its region; infinite where nothing folds.</summary>
    public ImmutableArray<double> CreaseDistances { get; }

    /// <summary>Distance in L2 from each of the first inputs to the decision boundary of its region's affine map: exact where it is the smaller of the two, else of the map alone.</summary>
    public ImmutableArray<double> BoundaryDistances { get; }

    /// <summary>Measures.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node.</param>
    /// <param name="inputs">One array per input, each of shape [inputs], finite; at least one.</param>
    /// <param name="distances">Of how many of them, the first ones, distances are measured; at least 0.</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth; the message names it.</exception>
    public static SampleCodes Of(Network network, IReadOnlyList<double[]> inputs, int distances, RunContext? run = null)
    {
        run ??= RunContext.Default;
        var graph = new PiecewiseGraph(network);
        Templates.CheckInputs(inputs, graph.Inputs);
        var codes = new Code[inputs.Count];
        var classes = new int[inputs.Count];
        int measured = Math.Min(distances, inputs.Count);
        double[] creases = new double[measured], boundaries = new double[measured];
        RunContext one = run with { Threads = 1, Progress = null };
        Workers.InParts(inputs.Count, 1, run, () => 0, (_, s, _) =>
        {
            var at = new Linearization(graph, inputs[s]);
            codes[s] = at.Code();
            classes[s] = Class(at.Value(at.Output));
            if (s < measured)
            {
                LocalGeometry local = LocalGeometry.Of(at, one);
                (creases[s], boundaries[s]) = (local.RegionDistance, local.BoundaryDistance);
            }
        });
        return new SampleCodes(graph.Layers, [.. codes], [.. classes], [.. creases], [.. boundaries]);
    }

    // The class that outputs stand for.
    private static int Class(ReadOnlySpan<double> outputs)
    {
        if (outputs.Length == 1)
            return outputs[0] > 0 ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
            best = outputs[i] > outputs[best] ? i : best;
        return best;
    }
}
