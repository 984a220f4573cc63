using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>A layer that is neither affine nor piecewise affine: it runs forward, and geometry engines refuse it.</summary>
public abstract class SmoothLayer : Layer
{
    private protected SmoothLayer(ImmutableArray<Shape> inputShapes, Shape outputShape)
        : base(inputShapes, outputShape)
    {
    }

    /// <inheritdoc/>
    public override LayerClass Class => LayerClass.Smooth;

    /// <summary>Whether the layer keeps the order of its outputs, so that it can be set aside when it is the last one.</summary>
    public virtual bool IsMonotone => false;
}
