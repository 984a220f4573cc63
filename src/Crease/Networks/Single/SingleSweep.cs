using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>The forward passes and vector-Jacobian products of a <see cref="ReverseSweep"/> in single precision.</summary>
/// <remarks>
/// Inputs, weights, values and gradients are rounded to float32, sums too; layers without a kernel of their own run in float64 between roundings (<see cref="ConvertedLayer"/>). A row's numbers depend
/// neither on the other rows of its batch nor on the width of the vectors.
/// </remarks>
internal sealed class SingleSweep
{
    /// <summary>Prepares the layers that a sweep needs.</summary>
    /// <param name="sweep">The same in float64.</param>
    public SingleSweep(ReverseSweep sweep)
    {
        Exact = sweep;
        Layers = [.. sweep.Network.Nodes.Select(node => sweep.IsNeeded[node.Index] && node.Layer is not (InputLayer or Reshape) ? SingleLayer.Of(node.Layer) : null)];
    }

    /// <summary>The sweep in float64.</summary>
    public ReverseSweep Exact { get; }

    /// <summary>One entry per node; null for one that is not needed, an input, or a reshape, which shares the numbers of its input.</summary>
    public SingleLayer?[] Layers { get; }

    /// <summary>Makes the buffers of one thread.</summary>
    public SingleWorker Worker() => new(this);
}
