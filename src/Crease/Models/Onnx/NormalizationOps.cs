using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Normalizations: by stored statistics they are affine, by those of the input smooth.</summary>
internal static class NormalizationOps
{
    public static Value[] Batch(OpCall call)
    {
        Value x = call.Dynamic(0);
        if (x.Extents.Length < 2)
            throw new InvalidDataException($"normalizes {OpCall.Text(x.Extents)}; expected [batch, channels, ...]");
        if (call.Node.Integer("training_mode", 0) != 0)
            throw new InvalidDataException("training_mode is 1, which normalizes by the batch; expected 0");
        var shape = new Shape(x.Extents.AsSpan(1));
        var layer = new BatchNormalization(shape, call.Weights(1), call.Weights(2), call.Weights(3), call.Weights(4), call.Node.Number("epsilon", 1e-5f));
        return [call.Add(layer, x.Extents, call.Shaped(x, shape))];
    }

    public static Value[] Layer(OpCall call)
    {
        Value x = call.Dynamic(0);
        int axis = OpCall.Axis(call.Node.Integer("axis", -1), x.Extents.Length);
        Weights gain = call.Weights(1);
        if (gain.Count != OpCall.Size(x.Extents.AsSpan(axis)))
            throw new InvalidDataException($"the gain has {gain.Count} entries; expected {OpCall.Text(x.Extents.AsSpan(axis))}");
        var layer = new LayerNormalization(call.Reader.ShapeOf(x.Node), gain, call.Has(2) ? call.Weights(2) : null, call.Node.Number("epsilon", 1e-5f));
        return [call.Add(layer, x.Extents, x.Node)];
    }
}
