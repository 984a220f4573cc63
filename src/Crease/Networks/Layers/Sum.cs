using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>The signed sum of tensors of one shape: residual connections and differences of branches.</summary>
public sealed class Sum : AffineLayer
{
    private readonly ImmutableArray<double> _signs;

    /// <summary>Makes a sum.</summary>
    /// <param name="shape">Shape of every input and of the output.</param>
    /// <param name="signs">Shape [number of inputs, at least 1]: the factor of each input, usually 1 or -1.</param>
    /// <exception cref="ArgumentException">There is no input.</exception>
    public Sum(Shape shape, params ReadOnlySpan<double> signs)
        : base([.. Enumerable.Repeat(shape, signs.Length)], shape)
    {
        if (signs.IsEmpty)
            throw new ArgumentException("'signs' is empty; a sum has at least one input.", nameof(signs));
        _signs = [.. signs];
    }

    /// <summary>The factor of each input.</summary>
    internal ImmutableArray<double> Signs => _signs;

    /// <inheritdoc/>
    public override string Kind => "sum";

    /// <inheritdoc/>
    public override long Flops => (long)_signs.Length * OutputShape.Size;

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        int length = count * OutputShape.Size;
        TensorPrimitives.Multiply(inputs[0].AsSpan(0, length), _signs[0], output[..length]);
        for (int i = 1; i < _signs.Length; i++)
            TensorPrimitives.MultiplyAdd(inputs[i].AsSpan(0, length), _signs[i], output[..length], output[..length]);
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        for (int i = 0; i < _signs.Length; i++)
        {
            if (inputGradients[i].Length == 0)
                continue;
            Span<double> pulled = inputGradients[i].AsSpan(0, count * OutputShape.Size);
            TensorPrimitives.MultiplyAdd(gradient[..pulled.Length], _signs[i], pulled, pulled);
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        for (int i = 0; i < _signs.Length; i++)
            terms.Add(new Term(i, output, _signs[i]));
        return 0;
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        entries.Add(new Entry(element, _signs[input]));
    }
}
