using System.Numerics.Tensors;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

/// <summary>A convolution in single precision: one product with the padded image itself, whose shifted copies are the rows of the factor.</summary>
/// <remarks>
/// The padded image is kept by its phases, the pixels of every stride-th line and column, one image each. There each kernel entry is a shift, and all positions of a line of outputs are contiguous, so that
/// nothing is copied per kernel entry; lines are as long as those of the phase, and what lies between them is thrown away.
/// </remarks>
internal sealed partial class SingleConvolution : SingleLayer
{
    private readonly Windows _windows;
    private readonly int _height, _width, _rows, _columns, _groups, _perGroup, _outputsPerGroup;
    private readonly float[] _weights;
    private readonly float[]? _bias;
    private readonly int[] _offsets;

    // The phases that kernel entries use, and the extents of one.
    private readonly (int Y, int X)[] _phases;
    private readonly int _lines, _line;
    private readonly Lazy<BackProducts> _back;

    public SingleConvolution(Convolution layer)
    {
        _windows = layer.Windows;
        (_height, _width, _rows, _columns) = (layer.InputShapes[0][1], layer.InputShapes[0][2], layer.OutputShape[1], layer.OutputShape[2]);
        (_groups, _perGroup, _outputsPerGroup) = (layer.Groups, layer.InputShapes[0][0] / layer.Groups, layer.OutputShape[0] / layer.Groups);
        _weights = new float[layer.Weights.Count];
        TensorPrimitives.ConvertTruncating(layer.Weights.Values, _weights);
        if (layer.Bias is { } bias)
            TensorPrimitives.ConvertTruncating(bias.Values, _bias = new float[bias.Count]);
        Tap[] taps = [.. Taps()];
        _phases = [.. taps.Select(tap => (tap.PhaseY, tap.PhaseX)).Distinct()];
        (_lines, _line) = (_rows + taps.Max(tap => tap.ShiftY), _columns + taps.Max(tap => tap.ShiftX));
        _offsets = [.. Enumerable.Range(0, _perGroup).SelectMany(c => taps.Select(tap => ((c * _phases.Length + Array.IndexOf(_phases, (tap.PhaseY, tap.PhaseX))) * _lines + tap.ShiftY) * _line + tap.ShiftX))];
        _back = new Lazy<BackProducts>(() => new BackProducts(this, taps));
    }

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        int planes = _perGroup * _phases.Length, padded = OffsetProduct.Padded((_rows - 1) * _line + _columns);
        float[] images = scratch.Columns(planes * _lines * _line + OffsetProduct.Lanes), sums = scratch.Sums(_outputsPerGroup * padded);
        for (int part = 0; part < count * _groups; part++)
        {
            int first = part % _groups * _outputsPerGroup;
            Pack(inputs[0].AsSpan(part * _perGroup * _height * _width, _perGroup * _height * _width), images);
            for (int o = 0; o < _outputsPerGroup; o++)
                sums.AsSpan(o * padded, padded).Fill(_bias is null ? 0 : _bias[first + o]);
            OffsetProduct.Add(_weights.AsSpan(first * _offsets.Length), _offsets.Length, _outputsPerGroup, _offsets, images, sums, padded, padded);
            for (int o = 0; o < _outputsPerGroup; o++)
            {
                for (int row = 0; row < _rows; row++)
                    sums.AsSpan(o * padded + row * _line, _columns).CopyTo(output.AsSpan(((part * _outputsPerGroup + o) * _rows + row) * _columns));
            }
        }
    }

    // Zero where a phase hangs over the border.
    private void Pack(ReadOnlySpan<float> x, float[] images)
    {
        images.AsSpan(0, _perGroup * _phases.Length * _lines * _line).Clear();
        for (int c = 0; c < _perGroup; c++)
        {
            for (int p = 0; p < _phases.Length; p++)
            {
                for (int line = 0; line < _lines; line++)
                {
                    int y = line * _windows.StrideY + _phases[p].Y - _windows.Top;
                    if ((uint)y < (uint)_height)
                        PackLine(x.Slice((c * _height + y) * _width, _width), _phases[p].X - _windows.Left, images.AsSpan(((c * _phases.Length + p) * _lines + line) * _line, _line));
                }
            }
        }
    }

    // The line's pixels from 'start' on, each stride-th of them.
    private void PackLine(ReadOnlySpan<float> pixels, int start, Span<float> line)
    {
        int stride = _windows.StrideX, first = start >= 0 ? 0 : (stride - 1 - start) / stride, end = Math.Min(line.Length, start >= pixels.Length ? 0 : (pixels.Length - 1 - start) / stride + 1);
        if (stride == 1 && first < end)
        {
            pixels.Slice(start + first, end - first).CopyTo(line[first..]);
            return;
        }
        for (int i = first; i < end; i++)
            line[i] = pixels[start + i * stride];
    }

    private IEnumerable<Tap> Taps()
    {
        for (int ky = 0; ky < _windows.Height; ky++)
        {
            for (int kx = 0; kx < _windows.Width; kx++)
            {
                (int shiftY, int phaseY) = Math.DivRem(ky * _windows.DilationY, _windows.StrideY);
                (int shiftX, int phaseX) = Math.DivRem(kx * _windows.DilationX, _windows.StrideX);
                yield return new Tap(ky * _windows.Width + kx, phaseY, phaseX, shiftY, shiftX);
            }
        }
    }

    /// <summary>A kernel entry: which phase it looks at, and how far from the position of the output.</summary>
    private readonly record struct Tap(int Entry, int PhaseY, int PhaseX, int ShiftY, int ShiftX);
}
