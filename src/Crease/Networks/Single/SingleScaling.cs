using System.Numerics.Tensors;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Each element times a constant plus a constant in single precision: batch normalization and scaling.</summary>
internal sealed class SingleScaling : SingleLayer
{
    private readonly float[] _scale, _shift;

    /// <param name="layer">A layer whose matrix is diagonal.</param>
    public SingleScaling(AffineLayer layer)
    {
        (_scale, _shift) = (new float[layer.OutputShape.Size], new float[layer.OutputShape.Size]);
        var terms = new List<Term>();
        for (int o = 0; o < _scale.Length; o++)
        {
            _shift[o] = (float)layer.Row(o, terms);
            _scale[o] = terms.Count == 0 ? 0 : (float)terms[0].Weight;
        }
    }

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        for (int v = 0; v < count; v++)
            TensorPrimitives.MultiplyAdd(inputs[0].AsSpan(v * _scale.Length, _scale.Length), _scale, _shift, output.AsSpan(v * _scale.Length));
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        for (int v = 0; v < count; v++)
        {
            Span<float> target = pulled[0].AsSpan(v * _scale.Length, _scale.Length);
            TensorPrimitives.MultiplyAdd(gradient.AsSpan(v * _scale.Length, _scale.Length), _scale, target, target);
        }
    }
}
