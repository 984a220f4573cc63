using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The squared loss along a line through the weights of several layers at once, W_l + t D_l: piecewise a polynomial of degree 2 m for m layers that move, with every joint.</summary>
/// <remarks>
/// Behind the first layer that moves, pre-activations are polynomials of t as long as no unit changes its piece; the next joint is the first root of one of them. With one layer this is <see cref="LossProfile"/>, found in another way.
/// Source: derived; section 3 of the survey <c>balestriero2024geometry</c> names the setting. Exactness: exact up to rounding; joints of one sample nearer than 1e-10 of the line are taken as one. Cost: per sample and joint a forward pass
/// through the layers behind the first that moves, times m + 1.
/// </remarks>
public sealed class LossPath
{
    private const int MostPieces = 100_000;

    private readonly WeightPath[] _samples;
    private readonly double[][] _targets;

    private LossPath(double low, double high, int moving, WeightPath[] samples, double[][] targets)
    {
        (Low, High, Degree, _samples, _targets) = (low, high, 2 * moving, samples, targets);
        Joints = [.. samples.SelectMany(sample => sample.Joints).Distinct().Order()];
    }

    /// <summary>Smallest t.</summary>
    public double Low { get; }

    /// <summary>Largest t.</summary>
    public double High { get; }

    /// <summary>Largest degree of a piece: twice the number of layers that move.</summary>
    public int Degree { get; }

    /// <summary>Where a sample changes its code, ascending.</summary>
    public ImmutableArray<double> Joints { get; }

    /// <summary>The loss at a place.</summary>
    /// <param name="t">In [low, high].</param>
    public double At(double t) => PolynomialRoots.At(Polynomial(t), t);

    /// <summary>The polynomial that the loss is around a place; right of it at a joint.</summary>
    /// <param name="t">In [low, high].</param>
    /// <returns>Coefficients, constant first. Shape [degree + 1].</returns>
    public double[] Polynomial(double t)
    {
        var sum = new double[Degree + 1];
        for (int sample = 0; sample < _samples.Length; sample++)
        {
            double[][] outputs = _samples[sample].At(t);
            for (int o = 0; o < outputs.Length; o++)
            {
                double[] gap = (double[])outputs[o].Clone();
                gap[0] -= _targets[sample][o];
                for (int i = 0; i < gap.Length; i++)
                {
                    for (int j = 0; j < gap.Length; j++)
                        sum[i + j] += gap[i] * gap[j] / _samples.Length;
                }
            }
        }
        return sum;
    }

    /// <summary>Follows the line.</summary>
    /// <param name="network">A network with one input; from the first layer that moves to the output a chain of dense layers and element-wise piecewise-linear units. A final monotone node is set aside.</param>
    /// <param name="directions">D by index of a dense layer on vectors, each of shape [weights].</param>
    /// <param name="low">Smallest t.</param>
    /// <param name="high">Largest t, above <paramref name="low"/>.</param>
    /// <param name="inputs">One array per sample.</param>
    /// <param name="targets">One array per sample, each of shape [outputs].</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">Something does not fit.</exception>
    /// <exception cref="NotSupportedException">A node behind the first layer that moves belongs to no such chain; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A sample has more than 100,000 pieces.</exception>
    public static LossPath Of(Network network, IReadOnlyDictionary<int, double[]> directions, double low, double high, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets, RunContext? run = null)
    {
        if (directions.Count == 0)
            throw new ArgumentException("'directions' is empty; expected at least one layer that moves.", nameof(directions));
        foreach ((int node, double[] direction) in directions)
        {
            if ((uint)node >= (uint)network.Nodes.Length || network.Nodes[node].Layer is not Dense { OutputShape.Rank: 1 } layer || direction.Length != layer.Weights.Count)
                throw new ArgumentException($"'directions' has {direction.Length} entries for node {node}; expected dense layers on vectors and as many entries as they have weights.", nameof(directions));
        }
        int output = LossLine.Check(network, low, high, inputs, targets);
        (int first, WeightPath.Link[] links) = Chain(network, output, directions);
        var samples = new WeightPath[inputs.Count];
        Workers.InParts(inputs.Count, 1, run ?? RunContext.Default, () => 0, (_, sample, _) => samples[sample] = new WeightPath(links, network.Values(inputs[sample], 1)[first], low, high, MostPieces));
        return new LossPath(low, high, directions.Count, samples, [.. targets]);
    }

    // From the output back to the value that the first moving layer takes.
    private static (int First, WeightPath.Link[] Links) Chain(Network network, int output, IReadOnlyDictionary<int, double[]> directions)
    {
        var links = new List<WeightPath.Link>();
        PiecewiseLinear? unit = null;
        int left = directions.Count, at = output;
        while (left > 0)
        {
            Node node = network.Nodes[at];
            if (node.Layer is Dense { OutputShape.Rank: 1 } layer)
            {
                double[]? direction = directions.GetValueOrDefault(at);
                links.Insert(0, new WeightPath.Link(layer, direction, unit));
                (unit, left) = (null, left - (direction is null ? 0 : 1));
            }
            else if (node.Layer is PiecewiseLinear function && unit is null)
                unit = function;
            else if (node.Layer is not Reshape)
                throw new NotSupportedException($"node '{node.Name}' ({node.Layer.Kind}) is neither a dense layer nor an element-wise unit between two of them; from the first layer that moves to the output there may be no others");
            at = node.Inputs[0];
        }
        return (at, [.. links]);
    }
}
