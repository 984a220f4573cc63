using Crease.Networks;

namespace Crease.Certificates;

/// <summary>A piecewise-affine layer as bounds need it: the range of its values, and lines above and below them.</summary>
internal abstract class PiecewiseStep(int inputs, int units)
{
    /// <summary>Size of the layer's input.</summary>
    public int Inputs => inputs;

    /// <summary>Number of units.</summary>
    public int Units => units;

    /// <summary>Whether every unit is s z up to 0 and t z from there on with s ≤ t: then any line through 0 of a slope between s and t lies below it.</summary>
    public virtual bool IsHinge => false;

    /// <summary>The step of a layer, or null where it is of another kind.</summary>
    public static PiecewiseStep? Of(Node node) => node.Layer switch
    {
        Networks.Layers.PiecewiseLinear function => new ElementStep(function),
        Networks.Layers.MaxPooling pooling => new PoolingStep(pooling),
        _ => null,
    };

    /// <summary>Empty lines for this layer.</summary>
    public abstract Lines NewLines();

    /// <summary>Sound lines for a range of pre-activations.</summary>
    /// <param name="lower">Shape [inputs].</param>
    /// <param name="upper">Shape [inputs].</param>
    /// <param name="lines">Overwritten.</param>
    public abstract void Relax(double[] lower, double[] upper, Lines lines);

    /// <summary>Sound limits of the values.</summary>
    public abstract void Range(double[] lower, double[] upper, double[] valueLower, double[] valueUpper);

    /// <summary>Whether the unit is on one affine piece in the whole range.</summary>
    public abstract bool IsStable(int unit, double[] lower, double[] upper);
}
