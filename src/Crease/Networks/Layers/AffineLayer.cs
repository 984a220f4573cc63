using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>A layer of the form W x + b, whose matrix is never built: it is applied to vectors or read row by row.</summary>
public abstract class AffineLayer : Layer
{
    private protected AffineLayer(ImmutableArray<Shape> inputShapes, Shape outputShape)
        : base(inputShapes, outputShape)
    {
    }

    /// <inheritdoc/>
    public override LayerClass Class => LayerClass.Affine;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output) => Push(inputs, count, 0, output);

    /// <summary>Applies the linear part to vectors and adds the constant to the last of them.</summary>
    /// <remarks>The k direction columns of a slice take the linear part only, its offset column also takes the constant.</remarks>
    /// <param name="inputs">One array per input, each of shape [count, size of that input].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="constantFrom">Vectors with this index or above take the constant b; in [0, count].</param>
    /// <param name="output">Shape [count, size of the output]; overwritten.</param>
    public abstract void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output);

    /// <summary>One row of W and its entry of b: the slow, exact description that predicates and tests use.</summary>
    /// <param name="output">Index of the output element, in [0, size of the output).</param>
    /// <param name="terms">Cleared, then filled with the non-zero entries of the row.</param>
    /// <returns>The entry of b.</returns>
    public abstract double Row(int output, List<Term> terms);

    /// <summary>One column of W: what one input element adds to the output.</summary>
    /// <param name="input">Which of the layer's inputs.</param>
    /// <param name="element">Index of the element in that input.</param>
    /// <param name="entries">Cleared, then filled with the non-zero entries of the column; an output element occurs at most once.</param>
    public abstract void Column(int input, int element, List<Entry> entries);
}

/// <summary>One non-zero entry of a column of an affine layer's matrix.</summary>
/// <param name="Output">Index of the output element.</param>
/// <param name="Weight">The entry.</param>
public readonly record struct Entry(int Output, double Weight);

/// <summary>One non-zero entry of a row of an affine layer's matrix.</summary>
/// <param name="Input">Which of the layer's inputs.</param>
/// <param name="Element">Index of the element in that input.</param>
/// <param name="Weight">The entry.</param>
public readonly record struct Term(int Input, int Element, double Weight);
