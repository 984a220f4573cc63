using System.Numerics.Tensors;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>The buffers of one thread that runs a <see cref="SingleSweep"/>: a forward pass, then any number of pulls.</summary>
/// <remarks>Not safe for several threads at once. Returned spans are overwritten by the next call.</remarks>
internal sealed class SingleWorker
{
    private readonly SingleSweep _single;
    private readonly ReverseSweep _sweep;
    private readonly float[][] _values, _gradients;
    private readonly float[][][] _arguments, _pulled;
    private readonly double[] _outputs, _inputGradients;
    private readonly int[] _exponents;
    private readonly SingleScratch _scratch = new();
    private int _count;

    public SingleWorker(SingleSweep single)
    {
        (_single, _sweep) = (single, single.Exact);
        int nodes = _sweep.Network.Nodes.Length;
        (_values, _gradients) = (new float[nodes][], new float[nodes][]);
        (_arguments, _pulled) = (new float[nodes][][], new float[nodes][][]);
        foreach (Node node in _sweep.Network.Nodes.Where(node => _sweep.IsNeeded[node.Index]))
        {
            // What flows back to a reshape flows back to its input, which is pulled later.
            (_values[node.Index], _gradients[node.Index]) = node.Layer is Reshape
                ? (_values[node.Inputs[0]], _gradients[node.Inputs[0]])
                : (new float[_sweep.Rows * node.Shape.Size], new float[_sweep.Rows * node.Shape.Size]);
            _arguments[node.Index] = [.. node.Inputs.Select(i => _values[i])];
            _pulled[node.Index] = [.. node.Inputs.Select(i => _gradients[i])];
        }
        (_outputs, _inputGradients) = (new double[_sweep.Rows * _sweep.OutputSize], new double[_sweep.Rows * _sweep.InputSize]);
        _exponents = new int[_sweep.Rows];
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
        TensorPrimitives.ConvertTruncating<double, float>(inputs, _values[_sweep.Network.Inputs[0]]);
        for (int index = 0; index <= _sweep.Output; index++)
            _single.Layers[index]?.Apply(_arguments[index], count, _values[index], _scratch);
        Span<double> outputs = _outputs.AsSpan(0, count * _sweep.OutputSize);
        TensorPrimitives.ConvertTruncating<float, double>(_values[_sweep.Output].AsSpan(0, outputs.Length), outputs);
        return outputs;
    }

    /// <summary>The gradient of a weighted sum of the outputs of the last <see cref="Forward"/>, for each of its inputs.</summary>
    /// <remarks>The weights of a row are scaled by a power of two, and its gradient back: those of a nearly certain softmax would underflow.</remarks>
    /// <param name="outputGradients">What each output element counts. Shape [count, outputs].</param>
    /// <returns>Shape [count, inputs].</returns>
    /// <exception cref="ArgumentException"><paramref name="outputGradients"/> has another length than the last output.</exception>
    public ReadOnlySpan<double> Pull(ReadOnlySpan<double> outputGradients)
    {
        if (_count == 0 || outputGradients.Length != _count * _sweep.OutputSize)
            throw new ArgumentException($"'outputGradients' has {outputGradients.Length} entries; expected [count, outputs] = [{_count}, {_sweep.OutputSize}] of the last forward pass.", nameof(outputGradients));
        foreach (Node node in _sweep.Network.Nodes)
        {
            if (_sweep.IsNeeded[node.Index] && node.Layer is not Reshape)
                _gradients[node.Index].AsSpan(0, _count * node.Shape.Size).Clear();
        }
        Scale(outputGradients);
        for (int index = _sweep.Output; index >= 0; index--)
            _single.Layers[index]?.Pull(_arguments[index], _values[index], _gradients[index], _count, _pulled[index], _scratch);
        Span<double> gradients = _inputGradients.AsSpan(0, _count * _sweep.InputSize);
        TensorPrimitives.ConvertTruncating<float, double>(_gradients[_sweep.Network.Inputs[0]].AsSpan(0, gradients.Length), gradients);
        for (int row = 0; row < _count; row++)
        {
            Span<double> gradient = gradients.Slice(row * _sweep.InputSize, _sweep.InputSize);
            if (_exponents[row] != 0)
                TensorPrimitives.Multiply(gradient, Math.ScaleB(1, _exponents[row]), gradient);
        }
        return gradients;
    }

    private void Scale(ReadOnlySpan<double> outputGradients)
    {
        int size = _sweep.OutputSize;
        for (int row = 0; row < _count; row++)
        {
            ReadOnlySpan<double> slopes = outputGradients.Slice(row * size, size);
            double largest = Math.Abs(TensorPrimitives.MaxMagnitude(slopes));
            int exponent = _exponents[row] = largest > 0 && double.IsFinite(largest) ? Math.ILogB(largest) : 0;
            Span<float> scaled = _gradients[_sweep.Output].AsSpan(row * size, size);
            for (int o = 0; o < size; o++)
                scaled[o] = (float)Math.ScaleB(slopes[o], -exponent);
        }
    }
}
