using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Reductions over fixed axes: poolings of the tensor with those axes moved last.</summary>
internal static class ReductionOps
{
    public static Value[] Mean(OpCall call) => [Reduce(call, (image, windows) => new AveragePooling(image, windows), scaleByCount: false)];

    public static Value[] Sum(OpCall call) => [Reduce(call, (image, windows) => new AveragePooling(image, windows), scaleByCount: true)];

    public static Value[] Max(OpCall call) => [Reduce(call, (image, windows) => new MaxPooling(image, windows), scaleByCount: false)];

    private static Value Reduce(OpCall call, Func<Shape, Windows, Layer> pooling, bool scaleByCount)
    {
        Value x = call.Dynamic(0);
        int rank = x.Extents.Length;
        long[] axes = call.Integers("axes", 1) ?? [];
        if (axes.Length == 0 && call.Node.Integer("noop_with_empty_axes", 0) != 0)
            return x;
        if (axes.Length == 0)
            axes = [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        var reduced = new bool[rank];
        foreach (long axis in axes)
            reduced[OpCall.Axis(axis, rank)] = true;
        if (rank > 0 && reduced[0] && x.Extents[0] != 1)
            throw new InvalidDataException("reduces the batch axis; expected other axes");
        int[] order = [.. Enumerable.Range(0, rank).Where(axis => !reduced[axis]), .. Enumerable.Range(0, rank).Where(axis => reduced[axis])];
        int width = 1;
        for (int axis = 0; axis < rank; axis++)
            width *= reduced[axis] ? x.Extents[axis] : 1;
        int count = (int)(OpCall.Size(x.Extents) / width);
        var image = new Shape(1, count, width);
        Value turned = ShapeOps.Permute(call, x, order);
        int pooled = call.Reader.Add(call.Node.Name, pooling(image, new Windows(1, width)), call.Shaped(turned, image));
        bool keep = call.Node.Integer("keepdims", 1) != 0;
        int[] extents = keep
            ? [.. Enumerable.Range(0, rank).Select(axis => reduced[axis] ? 1 : x.Extents[axis])]
            : [.. Enumerable.Range(0, rank).Where(axis => !reduced[axis]).Select(axis => x.Extents[axis])];
        return scaleByCount
            ? call.Add(new Scaling(new Shape(1, count, 1), [width], null), extents, pooled)
            : call.Reshape(Value.Of(pooled, [1, 1, count, 1]), extents);
    }
}
