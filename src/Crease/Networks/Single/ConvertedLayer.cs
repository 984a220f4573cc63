using System.Numerics.Tensors;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A layer without a kernel in single precision: its inputs are widened, it runs in double precision, and what it gives is rounded.</summary>
/// <remarks>At least as accurate as a kernel of its own, and slower. Smooth units, softmax, normalization by layer, products, rearrangements and units of several pieces run so.</remarks>
internal sealed class ConvertedLayer(Layer layer) : SingleLayer
{
    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        double[] values = scratch.Doubles(0, count * layer.OutputShape.Size);
        layer.Evaluate(Widened(inputs, count, scratch), count, values.AsSpan(0, count * layer.OutputShape.Size));
        TensorPrimitives.ConvertTruncating<double, float>(values.AsSpan(0, count * layer.OutputShape.Size), output);
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        int size = count * layer.OutputShape.Size, slot = 2 + inputs.Length;
        double[] values = scratch.Doubles(0, size), slopes = scratch.Doubles(1, size);
        TensorPrimitives.ConvertTruncating<float, double>(output.AsSpan(0, size), values);
        TensorPrimitives.ConvertTruncating<float, double>(gradient.AsSpan(0, size), slopes);
        var sums = new double[inputs.Length][];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = scratch.Doubles(slot + i, count * layer.InputShapes[i].Size);
            sums[i].AsSpan(0, count * layer.InputShapes[i].Size).Clear();
        }
        layer.Pull(Widened(inputs, count, scratch), values.AsSpan(0, size), slopes.AsSpan(0, size), count, sums);
        for (int i = 0; i < sums.Length; i++)
        {
            for (int k = 0; k < count * layer.InputShapes[i].Size; k++)
                pulled[i][k] += (float)sums[i][k];
        }
    }

    private double[][] Widened(float[][] inputs, int count, SingleScratch scratch)
    {
        var widened = new double[inputs.Length][];
        for (int i = 0; i < inputs.Length; i++)
        {
            widened[i] = scratch.Doubles(2 + i, count * layer.InputShapes[i].Size);
            TensorPrimitives.ConvertTruncating<float, double>(inputs[i].AsSpan(0, count * layer.InputShapes[i].Size), widened[i]);
        }
        return widened;
    }
}
