using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>A fully connected layer W x + b on the last axis of its input.</summary>
public sealed class Dense : AffineLayer
{
    private readonly double[]? _bias;

    /// <summary>Makes a dense layer.</summary>
    /// <param name="weights">Shape [outputs, inputs], row-major.</param>
    /// <param name="bias">Shape [outputs], or null for zero.</param>
    /// <param name="inputShape">Shape [..., inputs]; the leading axes are repeated.</param>
    /// <exception cref="ArgumentException">The weights are not a whole number of rows, or the bias has another length.</exception>
    public Dense(Weights weights, Weights? bias, Shape inputShape)
        : base([inputShape], OutputOf(weights, bias, inputShape))
    {
        Weights = weights;
        Bias = bias;
        Inputs = inputShape[-1];
        Outputs = weights.Count / Inputs;
        _bias = bias?.Doubles;
    }

    /// <summary>The matrix W. Shape [outputs, inputs], row-major.</summary>
    public Weights Weights { get; }

    /// <summary>The vector b. Shape [outputs]; null is zero.</summary>
    public Weights? Bias { get; }

    /// <summary>Number of columns of W.</summary>
    public int Inputs { get; }

    /// <summary>Number of rows of W.</summary>
    public int Outputs { get; }

    /// <inheritdoc/>
    public override string Kind => "dense";

    /// <inheritdoc/>
    public override long Parameters => Weights.Count + (Bias?.Count ?? 0);

    /// <inheritdoc/>
    public override long Flops => 2L * Inputs * OutputShape.Size;

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        ReadOnlySpan<double> x = inputs[0];
        ReadOnlySpan<double> weights = Weights.Doubles;
        int rows = OutputShape.Size / Outputs;
        for (int r = 0; r < count * rows; r++)
        {
            ReadOnlySpan<double> row = x.Slice(r * Inputs, Inputs);
            Span<double> y = output.Slice(r * Outputs, Outputs);
            bool constant = _bias is not null && r >= constantFrom * rows;
            for (int o = 0; o < Outputs; o++)
                y[o] = TensorPrimitives.Dot(weights.Slice(o * Inputs, Inputs), row) + (constant ? _bias![o] : 0);
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        ReadOnlySpan<double> weights = Weights.Doubles;
        int rows = count * (OutputShape.Size / Outputs);
        for (int r = 0; r < rows && inputGradients[0].Length > 0; r++)
        {
            Span<double> pulled = inputGradients[0].AsSpan(r * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                double slope = gradient[r * Outputs + o];
                if (slope != 0)
                    TensorPrimitives.MultiplyAdd(weights.Slice(o * Inputs, Inputs), slope, pulled, pulled);
            }
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        (int r, int o) = Math.DivRem(output, Outputs);
        ReadOnlySpan<double> row = Weights.Values.Slice(o * Inputs, Inputs);
        for (int i = 0; i < Inputs; i++)
        {
            if (row[i] != 0)
                terms.Add(new Term(0, r * Inputs + i, row[i]));
        }
        return _bias is null ? 0 : _bias[o];
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        (int row, int i) = Math.DivRem(element, Inputs);
        ReadOnlySpan<double> weights = Weights.Values;
        for (int o = 0; o < Outputs; o++)
        {
            if (weights[o * Inputs + i] != 0)
                entries.Add(new Entry(row * Outputs + o, weights[o * Inputs + i]));
        }
    }

    private static Shape OutputOf(Weights weights, Weights? bias, Shape inputShape)
    {
        if (inputShape.Rank == 0 || weights.Count == 0 || weights.Count % inputShape[-1] != 0)
            throw new ArgumentException($"'weights' has {weights.Count} entries, which is not a whole number of rows for an input of shape {inputShape}. Pass shape [outputs, inputs], row-major.", nameof(weights));
        int outputs = weights.Count / inputShape[-1];
        if (bias is not null && bias.Count != outputs)
            throw new ArgumentException($"'bias' has {bias.Count} entries; expected [outputs] = [{outputs}].", nameof(bias));
        int[] extents = [.. inputShape.Extents];
        extents[^1] = outputs;
        return new Shape(extents);
    }
}
