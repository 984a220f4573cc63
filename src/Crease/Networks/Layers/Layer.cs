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

    /// <summary>The vector-Jacobian product: adds, to the gradient of each input, what the gradient of the output says about it.</summary>
    /// <remarks>
    /// At a kink the derivative is that of the piece that a code names there: the lower piece of a unit, so that ReLU'(0) = 0, and the first maximum of a
    /// pooling window, as in PyTorch. (PyTorch differs for |z| at 0, where it takes 0, and at the upper limit of a clip.)
    /// </remarks>
    /// <param name="inputs">The inputs that <see cref="Evaluate"/> was given.</param>
    /// <param name="output">What <see cref="Evaluate"/> returned. Shape [count, size of the output].</param>
    /// <param name="gradient">Derivatives of some number by each output element. Shape [count, size of the output].</param>
    /// <param name="count">Number of vectors in the batch.</param>
    /// <param name="inputGradients">One array per input, each of shape [count, size of that input], added to; an empty one is not wanted. The same array may occur twice.</param>
    public abstract void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients);
}
