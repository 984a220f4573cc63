namespace Crease.Models.Onnx;

/// <summary>Operations on constants, done while reading: exporters compute shapes with them.</summary>
internal static class ConstantOps
{
    public static Value[] Constant(OpCall call)
    {
        OnnxNode node = call.Node;
        if (node.Attribute("value") is { Tensor: OnnxTensor tensor })
            return [Value.Of(call.Reader.ConstantOf(tensor))];
        if (node.Attribute("value_float") is { Single: float single })
            return [Value.Of(Finite(new Constant([], [single]), [single]))];
        if (node.Attribute("value_int") is { Integer: long integer })
            return [Value.Of(new Constant([], new[] { integer }))];
        if (node.Attribute("value_floats") is { } singles)
            return [Value.Of(Finite(new Constant([singles.Singles.Count], singles.Singles.ToArray()), [.. singles.Singles]))];
        if (node.Attribute("value_ints") is { } integers)
            return [Value.Of(new Constant([integers.Integers.Count], integers.Integers.ToArray()))];
        throw new InvalidDataException("has no numeric value; accepted are value, value_float, value_floats, value_int and value_ints");
    }

    public static Value[] ConstantOfShape(OpCall call)
    {
        int[] extents = Array.ConvertAll(call.Constant(0).Integers("the shape"), extent => extent is >= 0 and <= int.MaxValue ? (int)extent : throw new InvalidDataException($"has an extent of {extent}; expected 0 to 2^31 - 1"));
        int[] sources = call.Sources(extents);
        Constant value = call.Node.Attribute("value") is { Tensor: OnnxTensor tensor } ? call.Reader.ConstantOf(tensor) : new Constant([1], new float[1]);
        return value.Count == 1 ? [Value.Of(value.Pick(extents, sources))] : throw new InvalidDataException($"fills with {value.Count} numbers; expected one");
    }

    public static Value[] Shape(OpCall call)
    {
        int[] extents = call.Input(0).Extents;
        int rank = extents.Length;
        long start = call.Node.Integer("start", 0), end = call.Node.Integer("end", rank);
        int from = (int)Math.Clamp(start < 0 ? start + rank : start, 0, rank), to = (int)Math.Clamp(end < 0 ? end + rank : end, from, rank);
        extents = extents[from..to];
        return [Value.Of(new Constant([extents.Length], Array.ConvertAll(extents, extent => (long)extent)))];
    }

    public static Value[] Cast(OpCall call)
    {
        Value x = call.Input(0);
        long type = call.Node.Integer("to", 1);
        if (x.IsConstant)
            call.Reader.Spend(x.Constant.Count);
        if (!x.IsConstant)
            return type is 1 or 10 or 11 or 16 ? [x] : throw new InvalidDataException($"casts to element type {type}, which rounds; accepted are floating-point types");
        return type is 6 or 7
            ? [Value.Of(new Constant(x.Extents, Array.ConvertAll(x.Constant.Doubles(), value => (long)value)))]
            : [Value.Of(new Constant(x.Extents, x.Constant.Doubles()))];
    }

    public static Value Concatenate(OpCall call, Value[] parts, int[] extents, int axis)
    {
        int inner = (int)OpCall.Size(extents.AsSpan(axis + 1)), outer = (int)OpCall.Size(extents.AsSpan(0, axis)), at = 0;
        var values = new double[call.Sources(extents).Length];
        for (int o = 0; o < outer; o++)
        {
            foreach (Value part in parts)
            {
                int block = part.Extents[axis] * inner;
                for (int i = 0; i < block; i++)
                    values[at++] = part.Constant[o * block + i];
            }
        }
        return Value.Of(parts.All(part => part.Constant.IsInteger) ? new Constant(extents, Array.ConvertAll(values, value => (long)value)) : new Constant(extents, values));
    }

    public static Value Fold(OpCall call, Constant x, Constant y, Func<double, double, double> combine, bool wholeDivision = false)
    {
        int[] extents = Broadcast.Extents(x.Extents, y.Extents), left = Broadcast.Sources(call, x.Extents, extents), right = Broadcast.Sources(call, y.Extents, extents);
        var values = new double[left.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = combine(x[left[i]], y[right[i]]);
        var folded = new Constant(extents, values);
        Finite(folded, values);
        if (!x.IsInteger || !y.IsInteger)
            return Value.Of(folded);
        return Value.Of(new Constant(extents, Array.ConvertAll(values, value => (long)(wholeDivision ? Math.Truncate(value) : value))));
    }

    /// <summary>The constant, if its numbers are finite.</summary>
    public static Constant Finite<T>(Constant constant, ReadOnlySpan<T> values)
        where T : System.Numerics.INumberBase<T>
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value))
                throw new InvalidDataException($"makes a constant with {value}; expected finite numbers");
        }
        return constant;
    }
}
