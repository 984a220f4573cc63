using System.Numerics.Tensors;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A signed sum in single precision.</summary>
internal sealed class SingleSum(Sum sum) : SingleLayer
{
    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        Span<float> target = output.AsSpan(0, count * sum.OutputShape.Size);
        TensorPrimitives.Multiply(inputs[0].AsSpan(0, target.Length), (float)sum.Signs[0], target);
        for (int i = 1; i < inputs.Length; i++)
            TensorPrimitives.MultiplyAdd(inputs[i].AsSpan(0, target.Length), (float)sum.Signs[i], target, target);
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        for (int i = 0; i < pulled.Length; i++)
        {
            Span<float> target = pulled[i].AsSpan(0, count * sum.OutputShape.Size);
            TensorPrimitives.MultiplyAdd(gradient.AsSpan(0, target.Length), (float)sum.Signs[i], target, target);
        }
    }
}
