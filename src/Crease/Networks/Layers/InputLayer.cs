namespace Crease.Networks.Layers;

/// <summary>A network input.</summary>
/// <param name="shape">Shape without the batch axis.</param>
public sealed class InputLayer(Shape shape) : Layer([], shape)
{
    /// <inheritdoc/>
    public override string Kind => "input";

    /// <inheritdoc/>
    public override LayerClass Class => LayerClass.Affine;

    /// <inheritdoc/>
    public override long Flops => 0;

    /// <summary>Not defined: the value of an input is given from outside.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output) =>
        throw new NotSupportedException("An input layer has no value of its own; pass the network's inputs to Network.Evaluate.");

    /// <summary>Not defined: an input has no inputs.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients) =>
        throw new NotSupportedException("An input layer has no inputs to pull a gradient to; what arrives at it is the gradient.");
}
