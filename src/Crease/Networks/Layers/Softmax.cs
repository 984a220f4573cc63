namespace Crease.Networks.Layers;

/// <summary>exp(z) normalized to sum 1 along one axis, or its logarithm.</summary>
public sealed class Softmax : SmoothLayer
{
    private readonly int _extent, _inner;
    private readonly bool _logarithm;

    /// <summary>Makes a softmax.</summary>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="axis">0-based axis; negative counts from the end.</param>
    /// <param name="logarithm">Whether the logarithm is taken (log-softmax).</param>
    /// <exception cref="ArgumentException">The axis does not exist.</exception>
    public Softmax(Shape shape, int axis = -1, bool logarithm = false)
        : base([shape], shape)
    {
        int found = axis < 0 ? axis + shape.Rank : axis;
        if ((uint)found >= (uint)shape.Rank)
            throw new ArgumentException($"'axis' is {axis}; expected -{shape.Rank} to {shape.Rank - 1}.", nameof(axis));
        Axis = found;
        _extent = shape[found];
        _inner = shape.Strides()[found];
        _logarithm = logarithm;
        IsMonotone = _extent == shape.Size;
    }

    /// <summary>0-based axis.</summary>
    internal int Axis { get; }

    /// <inheritdoc/>
    public override string Kind => _logarithm ? "log-softmax" : "softmax";

    /// <inheritdoc/>
    public override bool IsMonotone { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        int groups = count * OutputShape.Size / _extent;
        for (int g = 0; g < groups; g++)
        {
            int start = g / _inner * _inner * _extent + g % _inner;
            double max = double.NegativeInfinity, sum = 0;
            for (int i = 0; i < _extent; i++)
                max = Math.Max(max, inputs[0][start + i * _inner]);
            for (int i = 0; i < _extent; i++)
                sum += Math.Exp(inputs[0][start + i * _inner] - max);
            for (int i = 0; i < _extent; i++)
            {
                double z = inputs[0][start + i * _inner] - max;
                output[start + i * _inner] = _logarithm ? z - Math.Log(sum) : Math.Exp(z) / sum;
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int groups = inputGradients[0].Length == 0 ? 0 : count * OutputShape.Size / _extent;
        for (int g = 0; g < groups; g++)
        {
            int start = g / _inner * _inner * _extent + g % _inner, end = start + _extent * _inner;
            double sum = 0;
            for (int i = start; i < end; i += _inner)
                sum += _logarithm ? gradient[i] : gradient[i] * output[i];
            for (int i = start; i < end; i += _inner)
                inputGradients[0][i] += _logarithm ? gradient[i] - Math.Exp(output[i]) * sum : output[i] * (gradient[i] - sum);
        }
    }
}
