using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>A layer that is affine on each of finitely many convex pieces of its input space.</summary>
public abstract class PiecewiseLayer : Layer
{
    private protected PiecewiseLayer(ImmutableArray<Shape> inputShapes, Shape outputShape)
        : base(inputShapes, outputShape)
    {
    }

    /// <inheritdoc/>
    public override LayerClass Class => LayerClass.PiecewiseAffine;

    /// <summary>Number of units: output elements, each with its own piece in a code.</summary>
    public int Units => OutputShape.Size;
}
