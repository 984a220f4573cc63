using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>The buffers of one thread that runs a <see cref="ReverseSweep"/>: a forward pass, then any number of pulls.</summary>
/// <remarks>Not safe for several threads at once. Returned spans are overwritten by the next call.</remarks>
public sealed class SweepWorker
{
    private readonly ReverseSweep _sweep;
    private readonly double[][] _values, _gradients;
    private readonly double[][][] _arguments, _pulled;
    private readonly ProductScratch _scratch = new();
    private int _count;

    internal SweepWorker(ReverseSweep sweep)
    {
        _sweep = sweep;
        int nodes = sweep.Network.Nodes.Length;
        (_values, _gradients) = (new double[nodes][], new double[nodes][]);
        (_arguments, _pulled) = (new double[nodes][][], new double[nodes][][]);
        foreach (Node node in sweep.Network.Nodes.Where(node => sweep.IsNeeded[node.Index]))
        {
            (_values[node.Index], _gradients[node.Index]) = (new double[sweep.Rows * node.Shape.Size], new double[sweep.Rows * node.Shape.Size]);
            _arguments[node.Index] = [.. node.Inputs.Select(i => _values[i])];
            _pulled[node.Index] = [.. node.Inputs.Select(i => _gradients[i])];
        }
    }

    /// <summary>The output at a batch of inputs, whose values are kept for <see cref="Pull"/>.</summary>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of inputs, in [1, <see cref="ReverseSweep.Rows"/>].</param>
    /// <returns>Shape [count, outputs].</returns>
    /// <exception cref="ArgumentException">The batch is too large, or <paramref name="inputs"/> has another length.</exception>
    public ReadOnlySpan<double> Forward(ReadOnlySpan<double> inputs, int count)
    {
        if (count < 1 || count > _sweep.Rows || inputs.Length != count * _sweep.InputSize)
            throw new ArgumentException($"'inputs' has {inputs.Length} entries for a batch of {count}; expected [count, inputs] = [1 to {_sweep.Rows}, {_sweep.InputSize}].", nameof(inputs));
        _count = count;
        inputs.CopyTo(_values[_sweep.Network.Inputs[0]]);
        foreach (Node node in _sweep.Network.Nodes)
        {
            int index = node.Index;
            if (!_sweep.IsNeeded[index] || node.Layer is InputLayer)
                continue;
            if (_sweep.Products[index] is { } product)
                product.Apply(_arguments[index][0], count, true, _values[index], _scratch);
            else if (_sweep.Kernels[index] is { } kernel)
                kernel.Apply(_arguments[index][0], count, _values[index]);
            else
                node.Layer.Evaluate(_arguments[index], count, _values[index].AsSpan(0, count * node.Shape.Size));
        }
        return _values[_sweep.Output].AsSpan(0, count * _sweep.OutputSize);
    }

    /// <summary>A node's values in the last <see cref="Forward"/>; empty for a node that the output does not depend on.</summary>
    /// <param name="node">Index of the node.</param>
    /// <returns>Shape [count, size of the node].</returns>
    public ReadOnlySpan<double> Value(int node) => _values[node] is { } values ? values.AsSpan(0, _count * _sweep.Network.Nodes[node].Shape.Size) : [];

    /// <summary>The gradient of a weighted sum of the outputs of the last <see cref="Forward"/>, for each of its inputs.</summary>
    /// <param name="outputGradients">What each output element counts. Shape [count, outputs].</param>
    /// <returns>Shape [count, inputs].</returns>
    /// <exception cref="ArgumentException"><paramref name="outputGradients"/> has another length than the last output.</exception>
    public ReadOnlySpan<double> Pull(ReadOnlySpan<double> outputGradients)
    {
        PullTo(outputGradients, _sweep.IsNeeded);
        return _gradients[_sweep.Network.Inputs[0]].AsSpan(0, _count * _sweep.InputSize);
    }

    /// <summary>The gradient at every wanted node; products back to a node that is not wanted are left out.</summary>
    /// <param name="outputGradients">What each output element counts. Shape [count, outputs].</param>
    /// <param name="isWanted">For each node, whether its gradient is; with a node, all nodes between it and the output.</param>
    internal void PullTo(ReadOnlySpan<double> outputGradients, bool[] isWanted)
    {
        if (_count == 0 || outputGradients.Length != _count * _sweep.OutputSize)
            throw new ArgumentException($"'outputGradients' has {outputGradients.Length} entries; expected [count, outputs] = [{_count}, {_sweep.OutputSize}] of the last forward pass.", nameof(outputGradients));
        foreach (Node node in _sweep.Network.Nodes.Where(node => _sweep.IsNeeded[node.Index]))
            _gradients[node.Index].AsSpan(0, _count * node.Shape.Size).Clear();
        outputGradients.CopyTo(_gradients[_sweep.Output]);
        for (int index = _sweep.Output; index >= 0; index--)
        {
            Node node = _sweep.Network.Nodes[index];
            if (!_sweep.IsNeeded[index] || !IsPulled(node.Inputs, isWanted))
                continue;
            if (_sweep.Products[index] is { } product)
                product.Pull(_gradients[index], _count, _pulled[index][0], _scratch);
            else if (_sweep.Kernels[index] is { } kernel)
                kernel.Pull(_arguments[index][0], _gradients[index], _count, _pulled[index][0]);
            else
                node.Layer.Pull(_arguments[index], _values[index].AsSpan(0, _count * node.Shape.Size), _gradients[index].AsSpan(0, _count * node.Shape.Size), _count, _pulled[index]);
        }
    }

    /// <summary>The value of a node in the last forward pass. Shape [count, size].</summary>
    internal double[] Values(int node) => _values[node];

    /// <summary>The gradient of a wanted node in the last pull. Shape [count, size].</summary>
    internal double[] Gradients(int node) => _gradients[node];

    private static bool IsPulled(ImmutableArray<int> inputs, bool[] isWanted)
    {
        foreach (int input in inputs)
        {
            if (isWanted[input])
                return true;
        }
        return false;
    }
}
