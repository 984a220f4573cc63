using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Operations that take elements apart and put them together along one axis.</summary>
internal static class SelectionOps
{
    public static Value[] Concat(OpCall call)
    {
        Value[] parts = [.. Enumerable.Range(0, call.Node.Inputs.Count).Select(call.Input)];
        if (parts.Length == 0)
            throw new InvalidDataException("has no inputs; expected at least one");
        int rank = parts[0].Extents.Length, axis = OpCall.Axis(call.Node.Integer("axis", 0), rank);
        int[] extents = [.. parts[0].Extents];
        extents[axis] = 0;
        foreach (Value part in parts)
        {
            for (int a = 0; a < rank; a++)
            {
                if (part.Extents.Length != rank || (a != axis && part.Extents[a] != extents[a]))
                    throw new InvalidDataException($"joins {OpCall.Text(parts[0].Extents)} and {OpCall.Text(part.Extents)} along axis {axis}; the other axes differ");
            }
            extents[axis] = checked(extents[axis] + part.Extents[axis]);
        }
        return [Array.TrueForAll(parts, part => part.IsConstant) ? ConstantOps.Concatenate(call, parts, extents, axis) : Joined(call, parts, extents, axis)];
    }

    // Without the batch axis where it can go, so that no reshapes are needed around the layer.
    private static Value Joined(OpCall call, Value[] parts, int[] extents, int axis)
    {
        bool stripped = axis > 0 && extents[0] == 1;
        Shape[] shapes = Array.ConvertAll(parts, part => stripped ? Value.Stripped(part.Extents) : new Shape(part.Extents));
        int any = Array.Find(parts, part => !part.IsConstant)!.Node;
        var nodes = new int[parts.Length];
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = parts[i].IsConstant ? Fixed(call, parts[i].Constant, shapes[i], any, i) : call.Shaped(parts[i], shapes[i]);
        return call.Add(new Concatenation([.. shapes], stripped ? axis - 1 : axis), extents, nodes);
    }

    // A constant as a node: nothing is taken of the input, the constant is added.
    private static int Fixed(OpCall call, Constant constant, Shape shape, int any, int part)
    {
        int[] sources = call.Sources(shape.Extents.AsSpan());
        Array.Fill(sources, -1);
        int blank = call.Reader.Add($"{call.Node.Name} constant {part}", new Rearrangement("constant", call.Reader.ShapeOf(any), shape, sources), any);
        return call.Reader.Add($"{call.Node.Name} constant {part} value", new Scaling(shape, null, constant.Doubles()), blank);
    }

    public static Value[] Split(OpCall call)
    {
        Value x = call.Input(0);
        int axis = OpCall.Axis(call.Node.Integer("axis", 0), x.Extents.Length), outputs = call.Node.Outputs.Count, start = 0;
        long[] sizes = call.Integers("split", 1) ?? Equal(x.Extents[axis], outputs);
        if (sizes.Length != outputs || sizes.Any(size => size < 1) || sizes.Sum() != x.Extents[axis])
            throw new InvalidDataException($"splits axis {axis} of {OpCall.Text(x.Extents)} into [{string.Join(", ", sizes)}]; expected {outputs} positive sizes that add up");
        call.Reader.Spend(x.Extents[axis]);
        var parts = new Value[outputs];
        for (int i = 0; i < outputs; start += (int)sizes[i++])
            parts[i] = Range(call, x, axis, Enumerable.Range(start, (int)sizes[i]).ToArray(), "slice");
        return parts;
    }

    public static Value[] Slice(OpCall call)
    {
        Value x = call.Input(0);
        long[] starts = call.Integers("starts", 1) ?? [], ends = call.Integers("ends", 2) ?? [];
        long[] axes = call.Integers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = call.Has(4) ? call.Constant(4).Integers("steps") : [.. starts.Select(_ => 1L)];
        if (starts.Length == 0 || starts.Length != ends.Length || starts.Length != axes.Length || starts.Length != steps.Length || steps.Contains(0))
            throw new InvalidDataException("starts, ends, axes and steps differ in length, or a step is 0");
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = OpCall.Axis(axes[i], x.Extents.Length), extent = x.Extents[axis];
            if (extent == 0)
                throw new InvalidDataException($"slices axis {axis} of {OpCall.Text(x.Extents)}; expected at least one element");
            long step = Math.Clamp(steps[i], -extent - 1L, extent + 1L), low = step > 0 ? 0 : -1, high = step > 0 ? extent : extent - 1;
            long from = Math.Clamp(starts[i] < 0 ? Math.Max(starts[i], -(1L << 40)) + extent : starts[i], 0, high);
            long to = Math.Clamp(ends[i] < 0 ? Math.Max(ends[i], -(1L << 40)) + extent : ends[i], low, high);
            call.Reader.Spend(extent);
            var picked = new List<int>();
            for (long at = from; step > 0 ? at < to : at > to; at += step)
                picked.Add((int)at);
            if (picked.Count == 0)
                throw new InvalidDataException($"takes nothing of axis {axis} of {OpCall.Text(x.Extents)}; expected at least one element");
            x = Range(call, x, axis, [.. picked], "slice");
        }
        return [x];
    }

    public static Value[] Gather(OpCall call)
    {
        Value x = call.Input(0);
        Constant indices = call.Constant(1);
        int axis = OpCall.Axis(call.Node.Integer("axis", 0), x.Extents.Length), extent = x.Extents[axis];
        int[] picked = Array.ConvertAll(indices.Integers("the indices"), i => i >= -extent && i < extent ? (int)(i < 0 ? i + extent : i) : throw new InvalidDataException($"takes index {i} of axis {axis} with {extent} elements"));
        Value gathered = Range(call, x, axis, picked, "gather");
        return [call.Reshape(gathered, [.. x.Extents[..axis], .. indices.Extents, .. x.Extents[(axis + 1)..]])];
    }

    private static Value Range(OpCall call, Value x, int axis, int[] picked, string kind)
    {
        if (picked.Length == x.Extents[axis] && picked.AsSpan().SequenceEqual(Enumerable.Range(0, picked.Length).ToArray()))
            return x;
        int[] extents = [.. x.Extents];
        extents[axis] = picked.Length;
        int inner = (int)OpCall.Size(x.Extents.AsSpan(axis + 1)), outer = (int)OpCall.Size(x.Extents.AsSpan(0, axis));
        int[] sources = call.Sources(extents);
        int at = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (int index in picked)
            {
                for (int i = 0; i < inner; i++)
                    sources[at++] = (o * x.Extents[axis] + index) * inner + i;
            }
        }
        return call.Rearrange(kind, x, extents, sources);
    }

    private static long[] Equal(int extent, int parts)
    {
        long each = (extent + parts - 1) / Math.Max(parts, 1);
        return [.. Enumerable.Range(0, parts).Select(i => Math.Min(each, extent - i * each))];
    }
}
