using System.Numerics.Tensors;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

/// <summary>A dense layer in single precision.</summary>
internal sealed class SingleDense : SingleLayer
{
    private readonly int _inputs, _outputs, _repeats;
    private readonly PackedMatrix _forward;
    private readonly Lazy<PackedMatrix> _back;
    private readonly float[] _bias;

    public SingleDense(Dense dense)
    {
        (_inputs, _outputs, _repeats) = (dense.Inputs, dense.Outputs, dense.OutputShape.Size / dense.Outputs);
        _forward = new PackedMatrix(dense.Weights.Values, _inputs, _outputs, isTransposed: true);
        // Made by the first pull only: forward passes alone need half the memory.
        _back = new Lazy<PackedMatrix>(() => new PackedMatrix(dense.Weights.Values, _outputs, _inputs, isTransposed: false));
        _bias = new float[OffsetProduct.Padded(_outputs)];
        if (dense.Bias is { } bias)
            TensorPrimitives.ConvertTruncating(bias.Values, _bias);
    }

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        int rows = count * _repeats, padded = _bias.Length;
        float[] sums = padded == _outputs ? output : scratch.Sums(rows * padded);
        for (int r = 0; r < rows; r++)
            _bias.CopyTo(sums, r * padded);
        _forward.AddTo(inputs[0], rows, sums);
        for (int r = 0; r < rows && padded != _outputs; r++)
            sums.AsSpan(r * padded, _outputs).CopyTo(output.AsSpan(r * _outputs));
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        int rows = count * _repeats, padded = OffsetProduct.Padded(_inputs);
        if (padded == _inputs)
        {
            _back.Value.AddTo(gradient, rows, pulled[0]);
            return;
        }
        float[] sums = scratch.Sums(rows * padded);
        sums.AsSpan(0, rows * padded).Clear();
        _back.Value.AddTo(gradient, rows, sums);
        for (int r = 0; r < rows; r++)
        {
            Span<float> target = pulled[0].AsSpan(r * _inputs, _inputs);
            TensorPrimitives.Add(sums.AsSpan(r * padded, _inputs), target, target);
        }
    }
}
