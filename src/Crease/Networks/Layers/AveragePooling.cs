namespace Crease.Networks.Layers;

/// <summary>The mean over sliding windows of each channel.</summary>
public sealed class AveragePooling : AffineLayer
{
    private readonly int _height, _width, _rows, _columns;

    /// <summary>Makes an average pooling.</summary>
    /// <param name="inputShape">Shape [channels, height, width].</param>
    /// <param name="windows">Kernel size, stride, padding, dilation.</param>
    /// <param name="countPadding">Whether padded elements count in the divisor.</param>
    /// <exception cref="ArgumentException">The input does not have three axes, or no window fits.</exception>
    public AveragePooling(Shape inputShape, Windows windows, bool countPadding = false)
        : base([inputShape], MaxPooling.OutputOf(inputShape, windows))
    {
        (_height, _width, _rows, _columns) = (inputShape[1], inputShape[2], OutputShape[1], OutputShape[2]);
        Windows = windows;
        CountsPadding = countPadding;
    }

    /// <summary>Kernel size, stride, padding, dilation.</summary>
    public Windows Windows { get; }

    /// <summary>Whether padded elements count in the divisor.</summary>
    internal bool CountsPadding { get; }

    /// <inheritdoc/>
    public override string Kind => "average pooling";

    /// <inheritdoc/>
    public override long Flops => (long)OutputShape.Size * Windows.Height * Windows.Width;

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        var terms = new List<Term>();
        int inputSize = InputShapes[0].Size, outputSize = OutputShape.Size;
        for (int o = 0; o < outputSize; o++)
        {
            Row(o, terms);
            for (int v = 0; v < count; v++)
            {
                double sum = 0;
                foreach (Term term in terms)
                    sum += term.Weight * inputs[0][v * inputSize + term.Element];
                output[v * outputSize + o] = sum;
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        var terms = new List<Term>();
        int inputSize = InputShapes[0].Size, outputSize = OutputShape.Size;
        for (int o = 0; o < outputSize && inputGradients[0].Length > 0; o++)
        {
            Row(o, terms);
            for (int v = 0; v < count; v++)
            {
                foreach (Term term in terms)
                    inputGradients[0][v * inputSize + term.Element] += term.Weight * gradient[v * outputSize + o];
            }
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        int plane = _rows * _columns, channel = output / plane, row = output % plane / _columns, column = output % _columns;
        int y0 = row * Windows.StrideY - Windows.Top, x0 = column * Windows.StrideX - Windows.Left;
        (int fromY, int toY) = Windows.Inside(y0, Windows.DilationY, Windows.Height, _height);
        (int fromX, int toX) = Windows.Inside(x0, Windows.DilationX, Windows.Width, _width);
        int divisor = Divisor(row, column);
        for (int ky = fromY; ky < toY; ky++)
        {
            for (int kx = fromX; kx < toX; kx++)
                terms.Add(new Term(0, (channel * _height + y0 + ky * Windows.DilationY) * _width + x0 + kx * Windows.DilationX, 1.0 / divisor));
        }
        return 0;
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        int plane = _height * _width, channel = element / plane, y = element % plane / _width, x = element % _width;
        foreach (int row in Windows.Over(y, Windows.Top, Windows.Height, Windows.DilationY, Windows.StrideY, _rows))
        {
            foreach (int column in Windows.Over(x, Windows.Left, Windows.Width, Windows.DilationX, Windows.StrideX, _columns))
                entries.Add(new Entry((channel * _rows + row) * _columns + column, 1.0 / Divisor(row, column)));
        }
    }

    private int Divisor(int row, int column)
    {
        int y0 = row * Windows.StrideY - Windows.Top, x0 = column * Windows.StrideX - Windows.Left;
        if (CountsPadding)
            return Counted(y0, Windows.DilationY, Windows.Height, _height + Windows.Bottom) * Counted(x0, Windows.DilationX, Windows.Width, _width + Windows.Right);
        (int fromY, int toY) = Windows.Inside(y0, Windows.DilationY, Windows.Height, _height);
        (int fromX, int toX) = Windows.Inside(x0, Windows.DilationX, Windows.Width, _width);
        return (toY - fromY) * (toX - fromX);
    }

    // In ceiling mode the last window may hang over the padded input; what hangs over never counts.
    private static int Counted(int start, int dilation, int kernel, int end) => Math.Min(kernel, (end - 1 - start) / dilation + 1);
}
