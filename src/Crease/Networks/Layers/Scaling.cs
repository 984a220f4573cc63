namespace Crease.Networks.Layers;

/// <summary>Each element times a constant plus a constant: constant add, subtract, multiply, divide, and normalization of inputs.</summary>
public sealed class Scaling : AffineLayer
{
    private readonly double[]? _scale;
    private readonly double[]? _shift;

    /// <summary>Makes an element-wise affine map.</summary>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="scale">Shape [size] or [1], or null for 1.</param>
    /// <param name="shift">Shape [size] or [1], or null for 0; added after the scale.</param>
    /// <param name="kind">The noun to report.</param>
    /// <exception cref="ArgumentException">A length is neither 1 nor the size.</exception>
    public Scaling(Shape shape, double[]? scale, double[]? shift, string kind = "scaling")
        : base([shape], shape)
    {
        foreach (double[]? values in new[] { scale, shift })
        {
            if (values is not null && values.Length != 1 && values.Length != shape.Size)
                throw new ArgumentException($"'scale' or 'shift' has {values.Length} entries; expected 1 or {shape.Size}.", nameof(scale));
        }
        _scale = scale;
        _shift = shift;
        Kind = kind;
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        int size = OutputShape.Size;
        for (int v = 0; v < count; v++)
        {
            ReadOnlySpan<double> x = inputs[0].AsSpan(v * size, size);
            Span<double> y = output.Slice(v * size, size);
            bool constant = v >= constantFrom;
            for (int i = 0; i < size; i++)
                y[i] = x[i] * ScaleAt(i) + (constant ? ShiftAt(i) : 0);
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int size = OutputShape.Size;
        for (int v = 0; v < count && inputGradients[0].Length > 0; v++)
        {
            Span<double> pulled = inputGradients[0].AsSpan(v * size, size);
            for (int i = 0; i < size; i++)
                pulled[i] += gradient[v * size + i] * ScaleAt(i);
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        if (ScaleAt(output) != 0)
            terms.Add(new Term(0, output, ScaleAt(output)));
        return ShiftAt(output);
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        if (ScaleAt(element) != 0)
            entries.Add(new Entry(element, ScaleAt(element)));
    }

    private double ScaleAt(int i) => _scale is null ? 1 : _scale[_scale.Length == 1 ? 0 : i];

    private double ShiftAt(int i) => _shift is null ? 0 : _shift[_shift.Length == 1 ? 0 : i];
}
