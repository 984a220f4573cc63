using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>What a layer does to an affine function: keeps it affine, makes it piecewise affine, or neither.</summary>
public enum LayerClass
{
    /// <summary>A linear map plus a constant.</summary>
    Affine,

    /// <summary>Continuous and affine on each of finitely many convex pieces.</summary>
    PiecewiseAffine,

    /// <summary>Neither: geometry engines refuse it, except as the last monotone node.</summary>
    Smooth,
}

/// <summary>One operation of a network, bound to the shapes of its inputs; immutable.</summary>
public abstract class Layer
{
    private protected Layer(ImmutableArray<Shape> inputShapes, Shape outputShape)
    {
        InputShapes = inputShapes;
        OutputShape = outputShape;
    }

    /// <summary>Shapes of the inputs without the batch axis, in order.</summary>
    public ImmutableArray<Shape> InputShapes { get; }

    /// <summary>Shape of the output without the batch axis.</summary>
    public Shape OutputShape { get; }

    /// <summary>The field's noun for the operation, lower case: <c>dense</c>, <c>convolution</c>, <c>relu</c>, ...</summary>
    public abstract string Kind { get; }

    /// <summary>Affine, piecewise affine or smooth.</summary>
    public abstract LayerClass Class { get; }

    /// <summary>Number of trained numbers.</summary>
    public virtual long Parameters => 0;

    /// <summary>Floating-point operations for one input (one multiply-add counts 2).</summary>
    public virtual long Flops => OutputShape.Size;

    /// <summary>The layer's output at a batch of inputs.</summary>
    /// <param name="inputs">One array per input, each of shape [count, size of that input].</param>
    /// <param name="count">Number of vectors in the batch.</param>
    /// <param name="output">Shape [count, size of the output]; overwritten.</param>
    public abstract void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output);
}
