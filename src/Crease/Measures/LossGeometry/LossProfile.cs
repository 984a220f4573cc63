using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The squared loss along a line of one layer's weights, W + t D: exactly piecewise quadratic, with every joint.</summary>
/// <remarks>
/// For a sample, the layer's pre-activations are affine in t, so that the rest of the network is a network of the one input t, cut exactly as a segment. The loss is the mean over samples of quadratics; its joints are all samples'
/// breakpoints. Source: derived; section 3 of the survey <c>balestriero2024geometry</c> names the setting. Exactness: exact up to rounding.
/// </remarks>
public sealed class LossProfile
{
    private readonly SegmentPartition[] _samples;
    private readonly double[][] _targets;

    private LossProfile(double low, double high, SegmentPartition[] samples, double[][] targets)
    {
        (Low, High, _samples, _targets) = (low, high, samples, targets);
        Joints = [.. samples.SelectMany(sample => sample.Breakpoints.ToArray()).Select(t => t + low).Distinct().Order()];
    }

    /// <summary>Smallest t.</summary>
    public double Low { get; }

    /// <summary>Largest t.</summary>
    public double High { get; }

    /// <summary>Where a sample changes its code, ascending: the loss is one quadratic between neighbors.</summary>
    public ImmutableArray<double> Joints { get; }

    /// <summary>The loss at a place.</summary>
    /// <param name="t">In [low, high].</param>
    public double At(double t) => Polynomial(t) is var (a, b, c) ? a * t * t + b * t + c : 0;

    /// <summary>The quadratic a t² + b t + c that the loss is around a place; right of it at a joint.</summary>
    /// <param name="t">In [low, high].</param>
    public (double Square, double Linear, double Constant) Polynomial(double t)
    {
        double a = 0, b = 0, c = 0;
        for (int sample = 0; sample < _samples.Length; sample++)
        {
            SegmentPartition segment = _samples[sample];
            int found = segment.Ends.BinarySearch(t - Low), region = Math.Clamp(found >= 0 ? found : ~found - 1, 0, segment.RegionCount - 1);
            for (int o = 0; o < segment.Outputs; o++)
            {
                double slope = segment.Slopes[region * segment.Outputs + o], offset = segment.Offsets[region * segment.Outputs + o] - slope * Low - _targets[sample][o];
                (a, b, c) = (a + slope * slope / _samples.Length, b + 2 * slope * offset / _samples.Length, c + offset * offset / _samples.Length);
            }
        }
        return (a, b, c);
    }

    /// <summary>Cuts the line.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node, which is set aside.</param>
    /// <param name="node">Index of a dense layer on vectors.</param>
    /// <param name="direction">D. Shape [weights].</param>
    /// <param name="low">Smallest t.</param>
    /// <param name="high">Largest t, above <paramref name="low"/>.</param>
    /// <param name="inputs">One array per sample.</param>
    /// <param name="targets">One array per sample, each of shape [outputs].</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">Something does not fit.</exception>
    public static LossProfile Of(Network network, int node, double[] direction, double low, double high, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets, RunContext? run = null)
    {
        if ((uint)node >= (uint)network.Nodes.Length || network.Nodes[node].Layer is not Dense { OutputShape.Rank: 1 } layer || direction.Length != layer.Weights.Count)
            throw new ArgumentException($"'node' is {node} and 'direction' has {direction.Length} entries; expected a dense layer on vectors and as many entries as it has weights.", nameof(node));
        int output = LossLine.Check(network, low, high, inputs, targets);
        RunContext one = (run ?? RunContext.Default) with { Threads = 1, Progress = null };
        var samples = new SegmentPartition[inputs.Count];
        Workers.InParts(inputs.Count, 1, run ?? RunContext.Default, () => 0, (_, sample, _) =>
        {
            double[][] values = network.Values(inputs[sample], 1);
            double[] z = values[network.Nodes[node].Inputs[0]], moved = new double[layer.Outputs];
            for (int o = 0; o < moved.Length; o++)
                moved[o] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(direction.AsSpan(o * layer.Inputs, layer.Inputs), z);
            Network line = LayerTail.Of(network, node, output, values, new Dense(moved, values[node], new Shape(1)));
            samples[sample] = new SegmentPartitioner(line).Cut(Slice.Segment([low], [high]), one);
        });
        return new LossProfile(low, high, samples, [.. targets]);
    }
}
