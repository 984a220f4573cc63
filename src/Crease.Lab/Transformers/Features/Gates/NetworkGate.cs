using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Lab;

/// <summary>One gate of a network: where its sums are found, and the lengths of its rows of weights.</summary>
internal sealed class NetworkGate
{
    // Smooth functions that bend at zero; others, such as a reciprocal, decide nothing.
    private static readonly HashSet<string> Bending =
        ["gelu", "gelu (tanh)", "silu", "sigmoid", "tanh", "erf", "softplus", "softsign", "elu", "selu", "hard swish"];

    private readonly int _node;
    private readonly ImmutableArray<double> _knots;
    private readonly double[] _norms;

    private NetworkGate(GateLayer layer, int node, ImmutableArray<double> knots, double[] norms) => (Layer, _node, _knots, _norms) = (layer, node, knots, norms);

    public GateLayer Layer { get; }

    /// <summary>The gates of a network in its order; sums that feed several functions count once.</summary>
    public static ImmutableArray<NetworkGate> AllOf(Network network)
    {
        var gates = new List<NetworkGate>();
        foreach (Node node in network.Nodes)
        {
            // A function at the output turns scores into probabilities.
            if (network.Outputs.Contains(node.Index) || Knots(node.Layer) is not { } knots)
                continue;
            if (Weighted(network, node) is Node weighted && gates.TrueForAll(gate => gate._node != node.Inputs[0]))
            {
                var layer = new GateLayer(weighted.Name, node.Layer.Kind, node.Shape.Size, weighted.Layer.InputShapes[0].Size);
                gates.Add(new NetworkGate(layer, node.Inputs[0], knots, Norms(network, network.Nodes[node.Inputs[0]], weighted)));
            }
        }
        return [.. gates];
    }

    /// <summary>Measures rows.</summary>
    /// <param name="values">Value of every node. Shape [nodes][rows, size].</param>
    /// <param name="signs">Share of positive sums. Shape [rows]; overwritten.</param>
    /// <param name="distances">Distance to the nearest hyperplane, or NaN where there is none. Shape [rows]; overwritten.</param>
    public void Measure(double[][] values, Span<double> signs, Span<double> distances)
    {
        for (int row = 0; row < signs.Length; row++)
        {
            ReadOnlySpan<double> sums = values[_node].AsSpan(row * _norms.Length, _norms.Length);
            (int positive, double nearest) = (0, double.PositiveInfinity);
            for (int unit = 0; unit < sums.Length; unit++)
            {
                positive += sums[unit] > 0 ? 1 : 0;
                // A unit without weights has no hyperplane.
                if (_norms[unit] == 0)
                    continue;
                foreach (double knot in _knots)
                    nearest = Math.Min(nearest, Math.Abs(sums[unit] - knot) / _norms[unit]);
            }
            (signs[row], distances[row]) = ((double)positive / _norms.Length, double.IsPositiveInfinity(nearest) ? double.NaN : nearest);
        }
    }

    private static ImmutableArray<double>? Knots(Layer layer) => layer switch
    {
        PiecewiseLinear function => function.Knots,
        SmoothFunction function when Bending.Contains(function.Kind) => [0.0],
        _ => null,
    };

    // The last layer with weights of its own before a function: what scales, shifts or moves single elements in between belongs to it.
    private static Node? Weighted(Network network, Node function)
    {
        Node node = network.Nodes[function.Inputs[0]];
        while (node.Layer is Scaling or BatchNormalization or Reshape or Rearrangement)
            node = network.Nodes[node.Inputs[0]];
        return node.Layer is Dense or Convolution ? node : null;
    }

    private static double[] Norms(Network network, Node last, Node weighted)
    {
        var terms = new List<Term>();
        var norms = new double[last.Shape.Size];
        for (int unit = 0; unit < norms.Length; unit++)
        {
            (double factor, int element) = (1, unit);
            for (Node node = last; node != weighted && factor != 0; node = network.Nodes[node.Inputs[0]])
            {
                ((AffineLayer)node.Layer).Row(element, terms);
                (factor, element) = terms.Count == 0 ? (0, 0) : (factor * terms[0].Weight, terms[0].Element);
            }
            if (factor == 0)
                continue;
            ((AffineLayer)weighted.Layer).Row(element, terms);
            norms[unit] = Math.Abs(factor) * Math.Sqrt(terms.Sum(term => term.Weight * term.Weight));
        }
        return norms;
    }
}
