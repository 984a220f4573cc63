using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>The same elements in the same order under another shape (flatten, squeeze, unsqueeze, dropout in evaluation mode).</summary>
public sealed class Reshape : AffineLayer
{
    /// <summary>Makes a reshape.</summary>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="outputShape">Shape of the output, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Reshape(Shape inputShape, Shape outputShape)
        : base([inputShape], outputShape)
    {
        if (inputShape.Size != outputShape.Size)
            throw new ArgumentException($"'outputShape' is {outputShape} with {outputShape.Size} elements; the input {inputShape} has {inputShape.Size}.", nameof(outputShape));
    }

    /// <inheritdoc/>
    public override string Kind => "reshape";

    /// <inheritdoc/>
    public override long Flops => 0;

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output) =>
        inputs[0].AsSpan(0, count * OutputShape.Size).CopyTo(output);

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        Span<double> pulled = inputGradients[0].Length == 0 ? [] : inputGradients[0].AsSpan(0, count * OutputShape.Size);
        TensorPrimitives.Add(gradient[..pulled.Length], pulled, pulled);
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        terms.Add(new Term(0, output, 1));
        return 0;
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        entries.Add(new Entry(element, 1));
    }
}
