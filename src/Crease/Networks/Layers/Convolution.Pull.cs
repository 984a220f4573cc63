using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

public sealed partial class Convolution
{
    // The transposed convolution of one output channel: the loops of Correlate, with source and target exchanged.
    private void Spread(ReadOnlySpan<double> gradient, int o, Span<double> pulled)
    {
        ReadOnlySpan<double> weights = Weights.Doubles;
        int firstChannel = o / _outputsPerGroup * _perGroup;
        for (int c = 0; c < _perGroup; c++)
        {
            Span<double> image = pulled.Slice((firstChannel + c) * _height * _width, _height * _width);
            for (int ky = 0; ky < Windows.Height; ky++)
            {
                for (int kx = 0; kx < Windows.Width; kx++)
                {
                    double weight = weights[((o * _perGroup + c) * Windows.Height + ky) * Windows.Width + kx];
                    (int shift, int from, int to) = Reach(kx);
                    if (weight != 0 && from < to)
                        SpreadRows(gradient, weight, ky, shift, from, to, image);
                }
            }
        }
    }

    private void SpreadRows(ReadOnlySpan<double> gradient, double weight, int ky, int shift, int from, int to, Span<double> image)
    {
        for (int row = 0; row < _rows; row++)
        {
            int inputRow = row * Windows.StrideY - Windows.Top + ky * Windows.DilationY;
            if ((uint)inputRow >= (uint)_height)
                continue;
            ReadOnlySpan<double> source = gradient.Slice(row * _columns + from, to - from);
            Span<double> target = image.Slice(inputRow * _width, _width);
            if (Windows.StrideX == 1)
            {
                Span<double> part = target.Slice(from + shift, to - from);
                TensorPrimitives.MultiplyAdd(source, weight, part, part);
                continue;
            }
            for (int i = 0, at = from * Windows.StrideX + shift; i < source.Length; i++, at += Windows.StrideX)
                target[at] += weight * source[i];
        }
    }

    // Input column minus stride times output column for one kernel column, and the output columns for which it falls on the input.
    private (int Shift, int From, int To) Reach(int kx)
    {
        int shift = kx * Windows.DilationX - Windows.Left;
        int from = shift >= 0 ? 0 : (-shift + Windows.StrideX - 1) / Windows.StrideX;
        int to = Math.Min(_columns, (_width - 1 - shift) < 0 ? 0 : (_width - 1 - shift) / Windows.StrideX + 1);
        return (shift, from, to);
    }
}
