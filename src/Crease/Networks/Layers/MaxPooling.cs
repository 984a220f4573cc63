namespace Crease.Networks.Layers;

/// <summary>The maximum over sliding windows of each channel; padded elements never win.</summary>
public sealed class MaxPooling : PiecewiseLayer
{
    private readonly int _height, _width, _rows, _columns;
    private int[][]? _ofChannel;

    /// <summary>Makes a max pooling.</summary>
    /// <param name="inputShape">Shape [channels, height, width].</param>
    /// <param name="windows">Kernel size, stride, padding, dilation.</param>
    /// <exception cref="ArgumentException">The input does not have three axes, no window fits, or a window holds padding only.</exception>
    public MaxPooling(Shape inputShape, Windows windows)
        : base([inputShape], OutputOf(inputShape, windows))
    {
        (_height, _width, _rows, _columns) = (inputShape[1], inputShape[2], OutputShape[1], OutputShape[2]);
        Windows = windows;
    }

    /// <summary>Kernel size, stride, padding, dilation.</summary>
    public Windows Windows { get; }

    /// <inheritdoc/>
    public override string Kind => "max pooling";

    /// <inheritdoc/>
    public override long Flops => (long)OutputShape.Size * Windows.Height * Windows.Width;

    /// <summary>The candidates of each window of the first channel; those of the others are the same elements of theirs.</summary>
    internal int[][] OfChannel
    {
        get
        {
            if (_ofChannel is not null)
                return _ofChannel;
            var candidates = new List<int>();
            var windows = new int[_rows * _columns][];
            for (int o = 0; o < windows.Length; o++)
            {
                Candidates(o, candidates);
                windows[o] = [.. candidates];
            }
            return _ofChannel = windows;
        }
    }

    /// <summary>The input elements that one unit is the maximum of.</summary>
    /// <param name="unit">0-based output element.</param>
    /// <param name="candidates">Cleared, then filled with input elements in row-major order.</param>
    public void Candidates(int unit, List<int> candidates)
    {
        candidates.Clear();
        int plane = _rows * _columns, channel = unit / plane, row = unit % plane / _columns, column = unit % _columns;
        int y0 = row * Windows.StrideY - Windows.Top, x0 = column * Windows.StrideX - Windows.Left;
        (int fromY, int toY) = Windows.Inside(y0, Windows.DilationY, Windows.Height, _height);
        (int fromX, int toX) = Windows.Inside(x0, Windows.DilationX, Windows.Width, _width);
        for (int ky = fromY; ky < toY; ky++)
        {
            for (int kx = fromX; kx < toX; kx++)
                candidates.Add((channel * _height + y0 + ky * Windows.DilationY) * _width + x0 + kx * Windows.DilationX);
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        int[][] windows = OfChannel;
        int plane = _height * _width;
        for (int channel = 0, at = 0; channel < count * OutputShape[0]; channel++)
        {
            ReadOnlySpan<double> x = inputs[0].AsSpan(channel * plane, plane);
            foreach (int[] window in windows)
            {
                double best = double.NegativeInfinity;
                foreach (int candidate in window)
                    best = Math.Max(best, x[candidate]);
                output[at++] = best;
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int[][] windows = OfChannel;
        int plane = _height * _width;
        for (int channel = 0, at = 0; channel < count * OutputShape[0] && inputGradients[0].Length > 0; channel++)
        {
            ReadOnlySpan<double> x = inputs[0].AsSpan(channel * plane, plane);
            Span<double> pulled = inputGradients[0].AsSpan(channel * plane, plane);
            foreach (int[] window in windows)
            {
                int winner = window[0];
                foreach (int candidate in window)
                    winner = x[candidate] > x[winner] ? candidate : winner;
                pulled[winner] += gradient[at++];
            }
        }
    }

    internal static Shape OutputOf(Shape inputShape, Windows windows)
    {
        if (inputShape.Rank != 3)
            throw new ArgumentException($"'inputShape' is {inputShape}; pooling takes [channels, height, width].", nameof(inputShape));
        if (windows.Top >= Span(windows.Height, windows.DilationY) || windows.Left >= Span(windows.Width, windows.DilationX)
            || windows.Bottom >= Span(windows.Height, windows.DilationY) || windows.Right >= Span(windows.Width, windows.DilationX))
            throw new ArgumentException($"The kernel spans [{Span(windows.Height, windows.DilationY)}, {Span(windows.Width, windows.DilationX)}] and the padding is [{windows.Top}, {windows.Left}, {windows.Bottom}, {windows.Right}]; a window would hold padding only. Pass a padding smaller than the kernel.", nameof(windows));
        (int rows, int columns) = windows.Output(inputShape[1], inputShape[2]);
        var shape = new Shape(inputShape[0], rows, columns);
        CheckHit(rows, windows.StrideY, windows.Top, windows.DilationY, windows.Height, inputShape[1]);
        CheckHit(columns, windows.StrideX, windows.Left, windows.DilationX, windows.Width, inputShape[2]);
        return shape;
    }

    // A window can straddle an input without touching it only where the input is smaller than the dilation.
    private static void CheckHit(int windows, int stride, int before, int dilation, int kernel, int extent)
    {
        if (extent >= dilation)
            return;
        for (int w = 0; w < windows; w++)
        {
            (int from, int to) = Windows.Inside(w * stride - before, dilation, kernel, extent);
            if (from >= to)
                throw new ArgumentException($"Window {w} of {windows} holds padding only; expected one element of the {extent} at least.", nameof(windows));
        }
    }

    private static long Span(int kernel, int dilation) => (long)dilation * (kernel - 1) + 1;
}
