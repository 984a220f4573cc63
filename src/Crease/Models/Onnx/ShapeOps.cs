using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Operations that move elements and compute nothing.</summary>
internal static class ShapeOps
{
    public static Value[] Flatten(OpCall call)
    {
        Value x = call.Input(0);
        int rank = x.Extents.Length;
        long given = call.Node.Integer("axis", 1);
        int axis = given == rank ? rank : OpCall.Axis(given, rank);
        long before = OpCall.Size(x.Extents.AsSpan(0, axis)), after = OpCall.Size(x.Extents.AsSpan(axis));
        return [call.Reshape(x, [checked((int)before), checked((int)after)])];
    }

    public static Value[] Reshape(OpCall call)
    {
        Value x = call.Input(0);
        long[] wanted = call.Constant(1).Integers("the shape");
        bool zeroCopies = call.Node.Integer("allowzero", 0) == 0;
        var extents = new int[wanted.Length];
        int free = -1;
        long known = 1;
        for (int i = 0; i < wanted.Length; i++)
        {
            long extent = wanted[i] == 0 && zeroCopies && i < x.Extents.Length ? x.Extents[i] : wanted[i];
            if (extent == -1 && free < 0)
                free = i;
            else if (extent < 1 || extent > Shape.MaxSize)
                throw new InvalidDataException($"the shape is [{string.Join(", ", wanted)}]; expected positive extents and at most one -1");
            else
                known = checked(known * (extents[i] = (int)extent));
        }
        long size = OpCall.Size(x.Extents);
        if (free < 0 && known == size * call.Reader.Batch && !x.IsConstant && wanted.Length > 0 && wanted[0] == call.Reader.Batch)
            extents[0] = 1;
        if (free >= 0)
            extents[free] = size % known == 0 ? checked((int)(size / known)) : throw new InvalidDataException($"cannot turn {OpCall.Text(x.Extents)} into [{string.Join(", ", wanted)}]: the sizes differ");
        return [call.Reshape(x, extents)];
    }

    public static Value[] Squeeze(OpCall call)
    {
        Value x = call.Input(0);
        int rank = x.Extents.Length;
        long[]? axes = call.Integers("axes", 1);
        var dropped = new bool[rank];
        for (int axis = 0; axis < rank && axes is null; axis++)
            dropped[axis] = x.Extents[axis] == 1 && (axis > 0 || x.IsConstant);
        foreach (long given in axes ?? [])
        {
            int axis = OpCall.Axis(given, rank);
            dropped[axis] = x.Extents[axis] == 1 ? true : throw new InvalidDataException($"squeezes axis {given} of {OpCall.Text(x.Extents)}; expected an axis of extent 1");
        }
        return [call.Reshape(x, [.. Enumerable.Range(0, rank).Where(axis => !dropped[axis]).Select(axis => x.Extents[axis])])];
    }

    public static Value[] Unsqueeze(OpCall call)
    {
        Value x = call.Input(0);
        long[] axes = call.Integers("axes", 1) ?? throw new InvalidDataException("axes is missing");
        int rank = checked(x.Extents.Length + axes.Length);
        var added = new bool[rank];
        foreach (long given in axes)
            added[OpCall.Axis(given, rank)] = true;
        var extents = new int[rank];
        for (int axis = 0, from = 0; axis < rank; axis++)
            extents[axis] = added[axis] ? 1 : from < x.Extents.Length ? x.Extents[from++] : throw new InvalidDataException("names an axis twice");
        return [call.Reshape(x, extents)];
    }

    public static Value[] Transpose(OpCall call)
    {
        Value x = call.Input(0);
        int rank = x.Extents.Length;
        long[] order = call.Node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Select(axis => (long)(rank - 1 - axis))];
        if (order.Length != rank || order.Order().Where((axis, i) => axis != i).Any())
            throw new InvalidDataException($"perm is [{string.Join(", ", order)}]; expected an order of the axes 0 to {rank - 1}");
        if (!x.IsConstant && rank > 1 && order[0] != 0 && call.Reader.Batch > 1)
            throw new InvalidDataException($"perm is [{string.Join(", ", order)}]; the batch axis must stay first");
        return [Permute(call, x, Array.ConvertAll(order, axis => (int)axis))];
    }

    public static Value Permute(OpCall call, Value x, int[] order)
    {
        int rank = x.Extents.Length;
        int[] extents = Array.ConvertAll(order, axis => x.Extents[axis]), sources = OpCall.Sources(extents);
        var strides = new int[rank];
        for (int axis = rank - 1, step = 1; axis >= 0; step *= x.Extents[axis--])
            strides[axis] = step;
        bool moved = false;
        var index = new int[rank];
        for (int i = 0, at = 0; i < sources.Length; i++)
        {
            sources[i] = at;
            moved |= at != i;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                at += strides[order[axis]];
                if (++index[axis] < extents[axis])
                    break;
                at -= strides[order[axis]] * extents[axis];
                index[axis] = 0;
            }
        }
        return moved ? call.Rearrange("transpose", x, extents, sources) : call.Reshape(x, extents);
    }

    public static Value[] Concat(OpCall call)
    {
        Value[] parts = [.. Enumerable.Range(0, call.Node.Inputs.Count).Select(call.Input)];
        if (parts.Length == 0)
            throw new InvalidDataException("has no inputs; expected at least one");
        int rank = parts[0].Extents.Length, axis = OpCall.Axis(call.Node.Integer("axis", 0), rank);
        int[] extents = [.. parts[0].Extents];
        foreach (Value part in parts.Skip(1))
        {
            for (int a = 0; a < rank; a++)
            {
                if (part.Extents.Length != rank || (a != axis && part.Extents[a] != extents[a]))
                    throw new InvalidDataException($"joins {OpCall.Text(parts[0].Extents)} and {OpCall.Text(part.Extents)} along axis {axis}; the other axes differ");
            }
            extents[axis] = checked(extents[axis] + part.Extents[axis]);
        }
        if (parts.All(part => part.IsConstant))
            return [ConstantOps.Concatenate(parts, extents, axis)];
        ImmutableShapes shapes = new(parts, call, axis);
        return [call.Add(shapes.Layer, extents, shapes.Nodes)];
    }

    public static Value[] Split(OpCall call)
    {
        Value x = call.Input(0);
        int axis = OpCall.Axis(call.Node.Integer("axis", 0), x.Extents.Length), outputs = call.Node.Outputs.Count, start = 0;
        long[] sizes = call.Integers("split", 1) ?? Equal(x.Extents[axis], outputs);
        if (sizes.Length != outputs || sizes.Any(size => size < 1) || sizes.Sum() != x.Extents[axis])
            throw new InvalidDataException($"splits axis {axis} of {OpCall.Text(x.Extents)} into [{string.Join(", ", sizes)}]; expected {outputs} positive sizes that add up");
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
            long step = Math.Clamp(steps[i], -extent - 1L, extent + 1L), low = step > 0 ? 0 : -1, high = step > 0 ? extent : extent - 1;
            long from = Math.Clamp(starts[i] < 0 ? Math.Max(starts[i], -(1L << 40)) + extent : starts[i], step > 0 ? 0 : 0, high);
            long to = Math.Clamp(ends[i] < 0 ? Math.Max(ends[i], -(1L << 40)) + extent : ends[i], low, high + (step > 0 ? 0 : 0));
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

    public static Value[] Pad(OpCall call)
    {
        Value x = call.Input(0);
        int rank = x.Extents.Length;
        long[] pads = call.Integers("pads", 1) ?? throw new InvalidDataException("pads is missing");
        double fill = call.Has(2) ? call.Constant(2)[0] : call.Node.Number("value", 0);
        if (pads.All(pad => pad == 0))
            return [x];
        if (pads.Length != 2 * rank || call.Node.Text("mode", "constant") != "constant" || pads.Any(pad => pad is < -(1 << 24) or > 1 << 24) || call.Has(3))
            throw new InvalidDataException($"pads [{string.Join(", ", pads)}] in mode '{call.Node.Text("mode", "constant")}'; accepted is mode 'constant' with {2 * rank} entries");
        int[] extents = [.. Enumerable.Range(0, rank).Select(axis => checked((int)(x.Extents[axis] + pads[axis] + pads[axis + rank])))];
        int[] sources = OpCall.Sources(extents);
        var index = new int[rank];
        for (int i = 0; i < sources.Length; i++)
        {
            int source = 0;
            for (int axis = 0; axis < rank && source >= 0; axis++)
            {
                long at = index[axis] - pads[axis];
                source = at < 0 || at >= x.Extents[axis] ? -1 : source * x.Extents[axis] + (int)at;
            }
            sources[i] = source;
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == extents[axis]; axis--)
                index[axis] = 0;
        }
        return [call.Rearrange("padding", x, extents, sources, fill)];
    }

    public static Value[] Expand(OpCall call)
    {
        Value x = call.Input(0);
        int[] extents = Broadcast.Extents(x.Extents, Array.ConvertAll(call.Constant(1).Integers("the shape"), extent => checked((int)extent)));
        return [extents.AsSpan().SequenceEqual(x.Extents) ? x : call.Rearrange("expansion", x, extents, Broadcast.Sources(x.Extents, extents))];
    }

    private static Value Range(OpCall call, Value x, int axis, int[] picked, string kind)
    {
        if (picked.Length == x.Extents[axis] && picked.AsSpan().SequenceEqual(Enumerable.Range(0, picked.Length).ToArray()))
            return x;
        int[] extents = [.. x.Extents];
        extents[axis] = picked.Length;
        int inner = (int)OpCall.Size(x.Extents.AsSpan(axis + 1)), outer = (int)OpCall.Size(x.Extents.AsSpan(0, axis));
        int[] sources = OpCall.Sources(extents);
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

    /// <summary>The parts of a concatenation as nodes; constant parts become constants added to nothing of the input.</summary>
    private sealed class ImmutableShapes
    {
        public ImmutableShapes(Value[] parts, OpCall call, int axis)
        {
            Value first = parts.First(part => !part.IsConstant);
            Nodes = new int[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                Shape full = new(parts[i].Extents);
                if (!parts[i].IsConstant)
                {
                    Nodes[i] = call.Shaped(parts[i], full);
                    continue;
                }
                int blank = call.Reader.Add($"{call.Node.Name} constant {i}", new Rearrangement("constant", call.Reader.ShapeOf(first.Node), full, Enumerable.Repeat(-1, full.Size).ToArray()), first.Node);
                Nodes[i] = call.Reader.Add($"{call.Node.Name} constant {i} value", new Scaling(full, null, parts[i].Constant.Doubles()), blank);
            }
            Layer = new Concatenation([.. parts.Select(part => new Shape(part.Extents))], axis);
        }

        public Concatenation Layer { get; }

        public int[] Nodes { get; }
    }
}
