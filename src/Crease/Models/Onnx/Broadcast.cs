namespace Crease.Models.Onnx;

/// <summary>The broadcasting of element-wise operations: axes are matched from the last, extents of 1 stretch.</summary>
internal static class Broadcast
{
    public static int[] Extents(int[] left, int[] right)
    {
        var extents = new int[Math.Max(left.Length, right.Length)];
        for (int i = 1; i <= extents.Length; i++)
        {
            int l = i <= left.Length ? left[^i] : 1, r = i <= right.Length ? right[^i] : 1;
            if (l != r && l != 1 && r != 1)
                throw new InvalidDataException($"combines {OpCall.Text(left)} and {OpCall.Text(right)}; expected shapes that broadcast");
            extents[^i] = l == 1 ? r : l;
        }
        return extents;
    }

    /// <summary>For each element of the broadcast tensor the element it comes from.</summary>
    public static int[] Sources(OpCall call, int[] from, int[] to)
    {
        int[] sources = call.Sources(to);
        if (from.Length > to.Length)
            throw new InvalidDataException($"cannot stretch {OpCall.Text(from)} to {OpCall.Text(to)}");
        var strides = new int[to.Length];
        for (int i = 1, step = 1; i <= from.Length; step *= from[^i++])
            strides[^i] = from[^i] == 1 ? 0 : from[^i] == to[^i] ? step : throw new InvalidDataException($"cannot stretch {OpCall.Text(from)} to {OpCall.Text(to)}");
        var index = new int[to.Length];
        for (int i = 0, at = 0; i < sources.Length; i++)
        {
            sources[i] = at;
            for (int axis = to.Length - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < to[axis])
                    break;
                at -= strides[axis] * to[axis];
                index[axis] = 0;
            }
        }
        return sources;
    }
}
