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
        if (!x.IsConstant && rank > 1 && order[0] != 0 && call.Reader.HasBatchAxis && x.Extents[0] == 1 && !BatchReturns(call, order))
            throw new InvalidDataException($"perm is [{string.Join(", ", order)}]; the batch axis must stay first");
        return [Permute(call, x, Array.ConvertAll(order, axis => (int)axis))];
    }

    // Attention code moves the axis of queries, keys and values to the front and takes one of them: then the batch is first again.
    private static bool BatchReturns(OpCall call, long[] order)
    {
        IReadOnlyList<OnnxNode> users = call.Reader.Users(call.Node.Outputs.Count > 0 ? call.Node.Outputs[0] : "");
        return order.Length > 1 && order[1] == 0 && users.Count > 0 && users.All(user => user.Op == "Gather" && user.Integer("axis", 0) == 0);
    }

    public static Value Permute(OpCall call, Value x, int[] order)
    {
        int rank = x.Extents.Length;
        int[] extents = Array.ConvertAll(order, axis => x.Extents[axis]), sources = call.Sources(extents);
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

    public static Value[] Expand(OpCall call)
    {
        Value x = call.Input(0);
        int[] extents = Broadcast.Extents(x.Extents, Array.ConvertAll(call.Constant(1).Integers("the shape"), extent => checked((int)extent)));
        return [extents.AsSpan().SequenceEqual(x.Extents) ? x : call.Rearrange("expansion", x, extents, Broadcast.Sources(call, x.Extents, extents))];
    }
}
