namespace Crease.Models.Onnx;

/// <summary>Padding by a constant, by the edge or by reflection: each element comes from one of the input or is the constant.</summary>
internal static class PaddingOps
{
    public static Value[] Pad(OpCall call)
    {
        Value x = call.Input(0);
        int rank = x.Extents.Length;
        string mode = call.Node.Text("mode", "constant");
        long[] pads = Pads(call, rank);
        double fill = call.Has(2) ? call.Scalar(2) : call.Node.Number("value", 0);
        if (Array.TrueForAll(pads, pad => pad == 0))
            return [x];
        var extents = new int[rank];
        var from = new int[rank][];
        for (int axis = 0; axis < rank; axis++)
        {
            long extent = x.Extents[axis] + pads[axis] + pads[axis + rank];
            if (extent is < 1 or > int.MaxValue)
                throw new InvalidDataException($"pads axis {axis} of {OpCall.Text(x.Extents)} to {extent}; expected at least 1");
            extents[axis] = (int)extent;
            from[axis] = call.Sources([(int)extent]);
            for (int i = 0; i < extent; i++)
                from[axis][i] = Source(i - pads[axis], x.Extents[axis], mode);
        }
        int[] sources = call.Sources(extents);
        var index = new int[rank];
        for (int i = 0; i < sources.Length; i++)
        {
            int source = 0;
            for (int axis = 0; axis < rank && source >= 0; axis++)
                source = from[axis][index[axis]] < 0 ? -1 : source * x.Extents[axis] + from[axis][index[axis]];
            sources[i] = source;
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == extents[axis]; axis--)
                index[axis] = 0;
        }
        return [call.Rearrange("padding", x, extents, sources, fill)];
    }

    // Numbers of elements before and after each axis, all axes.
    private static long[] Pads(OpCall call, int rank)
    {
        long[] given = call.Integers("pads", 1) ?? throw new InvalidDataException("pads is missing");
        long[] axes = call.Has(3) ? call.Constant(3).Integers("axes") : [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        if (given.Length != 2 * axes.Length || Array.Exists(given, pad => pad is < -int.MaxValue or > int.MaxValue))
            throw new InvalidDataException($"pads is [{string.Join(", ", given)}]; expected {2 * axes.Length} entries below 2^31");
        var pads = new long[2 * rank];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = OpCall.Axis(axes[i], rank);
            (pads[axis], pads[axis + rank]) = (given[i], given[i + axes.Length]);
        }
        return pads;
    }

    private static int Source(long at, int extent, string mode) => mode switch
    {
        "constant" => at < 0 || at >= extent ? -1 : (int)at,
        "edge" => (int)Math.Clamp(at, 0, extent - 1),
        "reflect" when at > -extent && at < 2L * extent - 1 => (int)(at < 0 ? -at : at < extent ? at : 2L * (extent - 1) - at),
        "reflect" => throw new InvalidDataException($"reflects further than the {extent} elements of an axis; expected less padding than elements"),
        _ => throw new InvalidDataException($"mode is '{mode}'; accepted are constant, edge and reflect"),
    };
}
