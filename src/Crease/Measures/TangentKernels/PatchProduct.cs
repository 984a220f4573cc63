using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The slopes of an output by the weights of a convolution: slopes by its outputs times the patches under them.</summary>
internal sealed class PatchProduct
{
    private readonly Convolution _layer;
    private readonly int _positions, _terms, _padded, _perGroup, _outputsPerGroup;
    private readonly double[] _patches, _sums;
    private readonly int[] _all;

    /// <summary>Makes room for the patches of a batch.</summary>
    public PatchProduct(Convolution layer, int rows)
    {
        _layer = layer;
        (_perGroup, _outputsPerGroup) = (layer.InputShapes[0][0] / layer.Groups, layer.OutputShape[0] / layer.Groups);
        _positions = layer.OutputShape[1] * layer.OutputShape[2];
        _terms = _perGroup * layer.Windows.Height * layer.Windows.Width;
        _padded = MatrixProduct.Padded(_terms);
        _patches = new double[rows * layer.Groups * _positions * _padded];
        _sums = new double[_outputsPerGroup * _padded];
        _all = [.. Enumerable.Range(0, _positions)];
    }

    /// <summary>Numbers that the patches of one input take.</summary>
    public static long Size(Convolution layer) =>
        (long)layer.Groups * layer.OutputShape[1] * layer.OutputShape[2] * MatrixProduct.Padded(layer.InputShapes[0][0] / layer.Groups * layer.Windows.Height * layer.Windows.Width);

    /// <summary>Keeps the patches of a batch.</summary>
    /// <param name="values">Inputs of the layer. Shape [length, inputs].</param>
    /// <param name="length">Number of inputs.</param>
    public void Gather(double[] values, int length)
    {
        int size = _layer.InputShapes[0].Size;
        for (int i = 0; i < length; i++)
        {
            for (int group = 0; group < _layer.Groups; group++)
            {
                for (int position = 0; position < _positions; position++)
                    Gather(values.AsSpan(i * size, size), group, position, _patches.AsSpan(((i * _layer.Groups + group) * _positions + position) * _padded, _padded));
            }
        }
    }

    /// <summary>The slopes by the parameters for one input of the batch.</summary>
    /// <param name="index">0-based input of the batch.</param>
    /// <param name="slopes">Slopes by the outputs of the layer.</param>
    /// <param name="at">Where those of the input start.</param>
    /// <param name="row">Shape [parameters]; overwritten.</param>
    public void Set(int index, double[] slopes, int at, Span<double> row)
    {
        for (int group = 0; group < _layer.Groups; group++)
        {
            Array.Clear(_sums);
            double[] patches = _patches;
            int from = (index * _layer.Groups + group) * _positions * _padded;
            MatrixProduct.Add(slopes, at + group * _outputsPerGroup * _positions, _positions, _outputsPerGroup, _all, patches, from, _padded, _sums, 0, _padded, _padded);
            for (int o = 0; o < _outputsPerGroup; o++)
                _sums.AsSpan(o * _padded, _terms).CopyTo(row[((group * _outputsPerGroup + o) * _terms)..]);
        }
        for (int o = 0; o < _layer.OutputShape[0] && _layer.Bias is not null; o++)
        {
            double sum = 0;
            foreach (double slope in slopes.AsSpan(at + o * _positions, _positions))
                sum += slope;
            row[_layer.Weights.Count + o] = sum;
        }
    }

    private void Gather(ReadOnlySpan<double> x, int group, int position, Span<double> patch)
    {
        Windows windows = _layer.Windows;
        int height = _layer.InputShapes[0][1], width = _layer.InputShapes[0][2], columns = _layer.OutputShape[2];
        int top = position / columns * windows.StrideY - windows.Top, left = position % columns * windows.StrideX - windows.Left, term = 0;
        patch.Clear();
        for (int c = group * _perGroup; c < (group + 1) * _perGroup; c++)
        {
            for (int ky = 0; ky < windows.Height; ky++)
            {
                int y = top + ky * windows.DilationY;
                for (int kx = 0; kx < windows.Width; kx++, term++)
                {
                    int column = left + kx * windows.DilationX;
                    if ((uint)y < (uint)height && (uint)column < (uint)width)
                        patch[term] = x[(c * height + y) * width + column];
                }
            }
        }
    }
}
