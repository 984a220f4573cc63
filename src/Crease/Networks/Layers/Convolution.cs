using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>A two-dimensional convolution (cross-correlation) with stride, padding, dilation and groups; its matrix is never built.</summary>
public sealed partial class Convolution : AffineLayer
{
    private readonly int _channels, _height, _width, _outputs, _rows, _columns, _perGroup, _outputsPerGroup;
    private readonly double[]? _bias;

    /// <summary>Makes a convolution.</summary>
    /// <param name="inputShape">Shape [channels, height, width].</param>
    /// <param name="weights">Shape [outputs, channels / groups, kernel rows, kernel columns], row-major.</param>
    /// <param name="bias">Shape [outputs], or null for zero.</param>
    /// <param name="windows">Kernel size, stride, padding, dilation.</param>
    /// <param name="groups">Number of channel groups; divides channels and outputs.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Convolution(Shape inputShape, Weights weights, Weights? bias, Windows windows, int groups = 1)
        : base([inputShape], OutputOf(inputShape, weights, bias, windows, groups))
    {
        (Weights, Bias, Windows, Groups) = (weights, bias, windows, groups);
        (_channels, _height, _width) = (inputShape[0], inputShape[1], inputShape[2]);
        (_outputs, _rows, _columns) = (OutputShape[0], OutputShape[1], OutputShape[2]);
        (_perGroup, _outputsPerGroup) = (_channels / groups, _outputs / groups);
        _bias = bias?.Doubles;
    }

    /// <summary>The kernels. Shape [outputs, channels / groups, kernel rows, kernel columns], row-major.</summary>
    public Weights Weights { get; }

    /// <summary>Shape [outputs]; null is zero.</summary>
    public Weights? Bias { get; }

    /// <summary>Kernel size, stride, padding, dilation.</summary>
    public Windows Windows { get; }

    /// <summary>Number of channel groups.</summary>
    public int Groups { get; }

    /// <inheritdoc/>
    public override string Kind => "convolution";

    /// <inheritdoc/>
    public override long Parameters => Weights.Count + (Bias?.Count ?? 0);

    /// <inheritdoc/>
    public override long Flops => 2L * OutputShape.Size * _perGroup * Windows.Height * Windows.Width;

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        int inputSize = InputShapes[0].Size, outputSize = OutputShape.Size, plane = _rows * _columns;
        for (int v = 0; v < count; v++)
        {
            ReadOnlySpan<double> x = inputs[0].AsSpan(v * inputSize, inputSize);
            for (int o = 0; o < _outputs; o++)
            {
                Span<double> y = output.Slice(v * outputSize + o * plane, plane);
                y.Fill(_bias is not null && v >= constantFrom ? _bias[o] : 0);
                Correlate(x, o, y);
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int inputSize = InputShapes[0].Size, outputSize = OutputShape.Size, plane = _rows * _columns;
        for (int v = 0; v < count && inputGradients[0].Length > 0; v++)
        {
            for (int o = 0; o < _outputs; o++)
                Spread(gradient.Slice(v * outputSize + o * plane, plane), o, inputGradients[0].AsSpan(v * inputSize, inputSize));
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        int plane = _rows * _columns, o = output / plane, row = output % plane / _columns, column = output % _columns;
        int y0 = row * Windows.StrideY - Windows.Top, x0 = column * Windows.StrideX - Windows.Left;
        (int fromY, int toY) = Windows.Inside(y0, Windows.DilationY, Windows.Height, _height);
        (int fromX, int toX) = Windows.Inside(x0, Windows.DilationX, Windows.Width, _width);
        for (int c = 0; c < _perGroup; c++)
        {
            int channel = o / _outputsPerGroup * _perGroup + c;
            for (int ky = fromY; ky < toY; ky++)
            {
                for (int kx = fromX; kx < toX; kx++)
                {
                    double weight = Weights.Values[((o * _perGroup + c) * Windows.Height + ky) * Windows.Width + kx];
                    if (weight != 0)
                        terms.Add(new Term(0, (channel * _height + y0 + ky * Windows.DilationY) * _width + x0 + kx * Windows.DilationX, weight));
                }
            }
        }
        return _bias is null ? 0 : _bias[o];
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        int plane = _height * _width, channel = element / plane, y = element % plane / _width, x = element % _width;
        int group = channel / _perGroup, c = channel % _perGroup;
        ReadOnlySpan<double> weights = Weights.Values;
        foreach (int row in Windows.Over(y, Windows.Top, Windows.Height, Windows.DilationY, Windows.StrideY, _rows))
        {
            int ky = (y + Windows.Top - row * Windows.StrideY) / Windows.DilationY;
            foreach (int column in Windows.Over(x, Windows.Left, Windows.Width, Windows.DilationX, Windows.StrideX, _columns))
            {
                int kx = (x + Windows.Left - column * Windows.StrideX) / Windows.DilationX;
                for (int o = group * _outputsPerGroup; o < (group + 1) * _outputsPerGroup; o++)
                {
                    double weight = weights[((o * _perGroup + c) * Windows.Height + ky) * Windows.Width + kx];
                    if (weight != 0)
                        entries.Add(new Entry((o * _rows + row) * _columns + column, weight));
                }
            }
        }
    }

    // One multiply-add per kernel entry over whole output rows: contiguous, hence vectorized, when the stride is 1.
    private void Correlate(ReadOnlySpan<double> x, int o, Span<double> y)
    {
        ReadOnlySpan<double> weights = Weights.Doubles;
        int firstChannel = o / _outputsPerGroup * _perGroup;
        for (int c = 0; c < _perGroup; c++)
        {
            ReadOnlySpan<double> image = x.Slice((firstChannel + c) * _height * _width, _height * _width);
            for (int ky = 0; ky < Windows.Height; ky++)
            {
                for (int kx = 0; kx < Windows.Width; kx++)
                {
                    double weight = weights[((o * _perGroup + c) * Windows.Height + ky) * Windows.Width + kx];
                    if (weight == 0)
                        continue;
                    (int shift, int from, int to) = Reach(kx);
                    if (from < to)
                        AddRows(image, weight, ky, shift, from, to, y);
                }
            }
        }
    }

    private void AddRows(ReadOnlySpan<double> image, double weight, int ky, int shift, int from, int to, Span<double> y)
    {
        for (int row = 0; row < _rows; row++)
        {
            int inputRow = row * Windows.StrideY - Windows.Top + ky * Windows.DilationY;
            if ((uint)inputRow >= (uint)_height)
                continue;
            Span<double> target = y.Slice(row * _columns + from, to - from);
            ReadOnlySpan<double> source = image.Slice(inputRow * _width, _width);
            if (Windows.StrideX == 1)
            {
                TensorPrimitives.MultiplyAdd(source.Slice(from + shift, to - from), weight, target, target);
                continue;
            }
            for (int i = 0, at = from * Windows.StrideX + shift; i < target.Length; i++, at += Windows.StrideX)
                target[i] += weight * source[at];
        }
    }

    private static Shape OutputOf(Shape inputShape, Weights weights, Weights? bias, Windows windows, int groups)
    {
        if (inputShape.Rank != 3)
            throw new ArgumentException($"'inputShape' is {inputShape}; a convolution takes [channels, height, width].", nameof(inputShape));
        (int rows, int columns) = windows.Output(inputShape[1], inputShape[2]);
        long kernel = groups < 1 || inputShape[0] % groups != 0 ? 0 : (long)(inputShape[0] / groups) * windows.Height * windows.Width;
        if (kernel == 0 || weights.Count == 0 || weights.Count % kernel != 0 || weights.Count / kernel % groups != 0)
            throw new ArgumentException($"'weights' has {weights.Count} entries; expected [outputs, channels / groups, {windows.Height}, {windows.Width}] with {inputShape[0]} channels in {groups} groups.", nameof(weights));
        int outputs = (int)(weights.Count / kernel);
        if (bias is not null && bias.Count != outputs)
            throw new ArgumentException($"'bias' has {bias.Count} entries; expected [outputs] = [{outputs}].", nameof(bias));
        return new Shape(outputs, rows, columns);
    }
}
