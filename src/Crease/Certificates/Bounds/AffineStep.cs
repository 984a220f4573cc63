using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>An affine layer W x + b as bounds need it: rows times W, W times a vector, and |W| times a vector of magnitudes.</summary>
internal abstract class AffineStep
{
    /// <summary>b. Shape [outputs], or null for zero.</summary>
    public double[]? Bias { get; protected init; }

    /// <summary>The most terms of one sum, of a row or of a column of W, with b and two more for how sums are grouped.</summary>
    public int Terms { get; protected init; }

    /// <summary>Whether the step only moves numbers, so that nothing is rounded.</summary>
    public virtual bool IsExact => false;

    /// <summary>The step of a layer.</summary>
    /// <exception cref="ArgumentException">The layer is not affine, or its matrix has too many entries to be listed.</exception>
    public static AffineStep Of(Node node) => node.Layer switch
    {
        Dense or Convolution => new ProductStep((AffineLayer)node.Layer),
        Reshape => new SameOrderStep(node.Shape.Size),
        AffineLayer layer => new SparseStep(node, layer),
        _ => throw new ArgumentException($"node '{node.Name}' is {node.Layer.Kind}, which is not affine", nameof(node)),
    };

    /// <summary>Adds rows times W to what has arrived at one input.</summary>
    /// <param name="input">Which of the layer's inputs.</param>
    /// <param name="rows">Shape [count, outputs].</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="pulled">Shape [count, size of that input]; zero before.</param>
    /// <param name="scratch">Working memory.</param>
    public abstract void Pull(int input, double[] rows, int count, double[] pulled, ProductScratch scratch);

    /// <summary>The same with |W|.</summary>
    public abstract void PullMagnitudes(int input, double[] rows, int count, double[] pulled, ProductScratch scratch);

    /// <summary>W x + b.</summary>
    /// <param name="x">One array per input, each of shape [count, size of that input].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="y">Shape [count, outputs]; overwritten.</param>
    /// <param name="scratch">Working memory.</param>
    public abstract void Apply(double[][] x, int count, double[] y, ProductScratch scratch);

    /// <summary>|W| x, or |W| x + |b|.</summary>
    public abstract void ApplyMagnitudes(double[][] x, bool constant, double[] y, ProductScratch scratch);
}
