using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>A network at one input: every value, the code, and the affine map of the region around it, by forward and backward passes.</summary>
/// <remarks>Cost: one forward pass; one backward pass per requested row. Exactness: exact (float64).</remarks>
public sealed class Linearization
{
    private readonly double[][] _values;
    private readonly int[]?[] _winners;

    /// <summary>Linearizes a network.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node.</param>
    /// <param name="input">Shape [inputs].</param>
    /// <exception cref="ArgumentException">The network has several inputs, or the input has another length or is not finite.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth; the message names it.</exception>
    public Linearization(Network network, double[] input)
        : this(new PiecewiseGraph(network), input)
    {
    }

    /// <summary>Linearizes a prepared network.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="input">Shape [inputs].</param>
    /// <exception cref="ArgumentException">The input has another length or is not finite.</exception>
    public Linearization(PiecewiseGraph graph, double[] input)
    {
        Network network = graph.Network;
        int bad = Array.FindIndex(input, x => !double.IsFinite(x));
        if (input.Length != network.InputShape.Size || bad >= 0)
            throw new ArgumentException(bad >= 0
                ? $"'input' holds {input[bad]} at index {bad}; expected finite numbers."
                : $"'input' has {input.Length} entries; the network takes {network.InputShape.Size} (shape {network.InputShape}).", nameof(input));
        (Network, Output, Layers) = (network, graph.Output, graph.Layers);
        _values = network.Values(input, 1);
        _winners = new int[]?[network.Nodes.Length];
        foreach (Node layer in Layers)
        {
            if (layer.Layer is MaxPooling pooling)
                _winners[layer.Index] = Winners(pooling, _values[layer.Inputs[0]]);
        }
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The node whose affine map is meant: the first output, before a final softmax or sigmoid.</summary>
    public int Output { get; }

    /// <summary>The piecewise layers in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>Value of a node at the input. Shape [size of the node].</summary>
    /// <param name="node">Index of the node.</param>
    public ReadOnlySpan<double> Value(int node) => _values[node];

    /// <summary>The activation pattern at the input.</summary>
    public Code Code() => new([.. Layers.Select(layer => Pieces(layer))]);

    /// <summary>The affine map A x + b of the region around the input.</summary>
    /// <returns>Slopes of shape [outputs, inputs], offsets of shape [outputs].</returns>
    public AffineMap Map()
    {
        int outputs = Network.Nodes[Output].Shape.Size, inputs = Network.InputShape.Size;
        var slopes = new double[outputs * inputs];
        var offsets = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            var cotangent = new double[outputs];
            cotangent[o] = 1;
            double[] row = Pullback(Output, cotangent);
            row.CopyTo(slopes, o * inputs);
            offsets[o] = _values[Output][o];
            for (int i = 0; i < inputs; i++)
                offsets[o] -= row[i] * _values[Network.Inputs[0]][i];
        }
        return new AffineMap(slopes, offsets);
    }

    /// <summary>The gradient with respect to the input of a weighted sum of one node's elements.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="cotangent">The weights. Shape [size of the node].</param>
    /// <returns>Shape [inputs].</returns>
    public double[] Pullback(int node, ReadOnlySpan<double> cotangent) =>
        Gradients(node, cotangent, static at => at.Layer is InputLayer)[Network.Inputs[0]] ?? new double[Network.InputShape.Size];

    /// <summary>The gradient of a weighted sum of one node's elements with respect to what the node reads: the piecewise layers and inputs before it.</summary>
    /// <param name="node">Index of the node; a piecewise layer or input reads itself.</param>
    /// <param name="cotangent">The weights. Shape [size of the node].</param>
    /// <returns>Per node the gradient, of the size of that node, where the node is such a layer or input and is read; else null.</returns>
    public double[]?[] PullbackToSources(int node, ReadOnlySpan<double> cotangent)
    {
        double[]?[] gradients = Gradients(node, cotangent, static at => at.Layer is InputLayer or PiecewiseLayer);
        for (int n = 0; n < gradients.Length; n++)
        {
            if (Network.Nodes[n].Layer is not (InputLayer or PiecewiseLayer))
                gradients[n] = null;
        }
        return gradients;
    }

    /// <summary>The derivative of the output along a change of one node's value.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="tangent">The change. Shape [size of the node].</param>
    /// <returns>Shape [outputs].</returns>
    public double[] Pushforward(int node, double[] tangent)
    {
        var tangents = new double[]?[Output + 1];
        tangents[node] = tangent;
        for (int n = node + 1; n <= Output; n++)
        {
            Node at = Network.Nodes[n];
            if (at.Inputs.All(input => tangents[input] is null))
                continue;
            double[][] arguments = [.. at.Inputs.Select(input => tangents[input] ?? new double[Network.Nodes[input].Shape.Size])];
            var changed = tangents[n] = new double[at.Shape.Size];
            if (at.Layer is AffineLayer affine)
            {
                affine.Push(arguments, 1, 1, changed);
                continue;
            }
            for (int unit = 0; unit < changed.Length; unit++)
            {
                (int source, double slope) = Passed(at, unit);
                changed[unit] = slope * arguments[0][source];
            }
        }
        return tangents[Output] ?? new double[Network.Nodes[Output].Shape.Size];
    }

    private double[]?[] Gradients(int node, ReadOnlySpan<double> cotangent, Func<Node, bool> isEnd)
    {
        var gradients = new double[]?[node + 1];
        gradients[node] = cotangent.ToArray();
        var terms = new List<Term>();
        for (int n = node; n >= 0; n--)
        {
            Node at = Network.Nodes[n];
            if (gradients[n] is not double[] gradient || isEnd(at))
                continue;
            for (int i = 0; i < at.Inputs.Length; i++)
                gradients[at.Inputs[i]] ??= new double[Network.Nodes[at.Inputs[i]].Shape.Size];
            for (int o = 0; o < gradient.Length; o++)
            {
                if (gradient[o] == 0)
                    continue;
                if (at.Layer is AffineLayer affine)
                {
                    affine.Row(o, terms);
                    foreach (Term term in terms)
                        gradients[at.Inputs[term.Input]]![term.Element] += gradient[o] * term.Weight;
                }
                else
                {
                    (int source, double slope) = Passed(at, o);
                    gradients[at.Inputs[0]]![source] += gradient[o] * slope;
                }
            }
        }
        return gradients;
    }

    /// <summary>Which element a piecewise unit passes on at the input, and with which slope.</summary>
    internal (int Source, double Slope) Passed(Node layer, int unit)
    {
        if (layer.Layer is PiecewiseLinear function)
            return (unit, function.Slope(unit, function.Piece(_values[layer.Inputs[0]][unit])));
        return (_winners[layer.Index]![unit], 1);
    }

    private ImmutableArray<int> Pieces(Node layer)
    {
        if (layer.Layer is PiecewiseLinear function)
            return [.. _values[layer.Inputs[0]].Select(function.Piece)];
        var pooling = (MaxPooling)layer.Layer;
        var positions = new int[pooling.Units];
        var candidates = new List<int>();
        for (int unit = 0; unit < positions.Length; unit++)
        {
            pooling.Candidates(unit, candidates);
            positions[unit] = candidates.IndexOf(_winners[layer.Index]![unit]);
        }
        return [.. positions];
    }

    /// <summary>The element that each window of a pooling passes on. The first of equal candidates wins, as in a code.</summary>
    internal static int[] Winners(MaxPooling pooling, double[] z)
    {
        var winners = new int[pooling.Units];
        var candidates = new List<int>();
        for (int unit = 0; unit < winners.Length; unit++)
        {
            pooling.Candidates(unit, candidates);
            winners[unit] = candidates[0];
            foreach (int candidate in candidates)
                winners[unit] = z[candidate] > z[winners[unit]] ? candidate : winners[unit];
        }
        return winners;
    }
}
