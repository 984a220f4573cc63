using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Element-wise arithmetic: with constants it is affine, sums of tensors too, products of tensors are not.</summary>
internal static class ArithmeticOps
{
    public static Value[] Add(OpCall call) => call.Node.IsFused ? [call.Input(call.Input(0).IsConstant ? 1 : 0)] : [Combine(call, 1)];

    public static Value[] Sub(OpCall call) => [Combine(call, -1)];

    public static Value[] Mul(OpCall call)
    {
        Value x = call.Input(0), y = call.Input(1);
        if (x.IsConstant && y.IsConstant)
            return [ConstantOps.Fold(x.Constant, y.Constant, (a, b) => a * b)];
        if (x.IsConstant)
            (x, y) = (y, x);
        return [y.IsConstant ? Scale(call, x, y.Constant, value => value, null) : Product(call, x, y)];
    }

    public static Value[] Div(OpCall call)
    {
        Value x = call.Input(0), y = call.Input(1);
        if (x.IsConstant && y.IsConstant)
            return [ConstantOps.Fold(x.Constant, y.Constant, (a, b) => a / b, wholeDivision: true)];
        if (!y.IsConstant)
            throw new InvalidDataException("divides by a value that depends on the input, which is neither affine nor read as smooth; accepted is a constant divisor");
        return [Scale(call, x, y.Constant, value => 1 / value, null)];
    }

    public static Value[] Sum(OpCall call)
    {
        Value[] terms = [.. Enumerable.Range(0, call.Node.Inputs.Count).Select(call.Input)];
        if (terms.Length == 1)
            return terms;
        if (terms.Any(term => term.IsConstant) || terms.Any(term => !term.Extents.AsSpan().SequenceEqual(terms[0].Extents)))
            throw new InvalidDataException("sums tensors of different shapes or constants; expected tensors of one shape");
        Shape shape = Value.Stripped(terms[0].Extents);
        return [call.Add(new Sum(shape, [.. terms.Select(_ => 1.0)]), terms[0].Extents, [.. terms.Select(term => call.Shaped(term, shape))])];
    }

    public static Value[] Neg(OpCall call) => [call.Map(shape => new Scaling(shape, [-1], null))];

    public static Value[] Max(OpCall call) => [Limit(call, high: false)];

    public static Value[] Min(OpCall call) => [Limit(call, high: true)];

    public static Value[] ReduceMean(OpCall call) => [Reduce(call, mean: true)];

    public static Value[] ReduceSum(OpCall call) => [Reduce(call, mean: false)];

    private static Value Combine(OpCall call, int sign)
    {
        Value x = call.Input(0), y = call.Input(1);
        if (x.IsConstant && y.IsConstant)
            return ConstantOps.Fold(x.Constant, y.Constant, (a, b) => a + sign * b);
        if (x.IsConstant)
            return Scale(call, y, null, _ => sign, x.Constant);
        if (y.IsConstant)
            return Scale(call, x, null, _ => 1, y.Constant, sign);
        int[] extents = Broadcast.Extents(x.Extents, y.Extents);
        Shape shape = Value.Stripped(extents);
        return call.Add(new Sum(shape, 1, sign), extents, Spread(call, x, extents), Spread(call, y, extents));
    }

    private static Value Product(OpCall call, Value x, Value y)
    {
        int[] extents = Broadcast.Extents(x.Extents, y.Extents);
        Shape shape = Value.Stripped(extents);
        return call.Add(new Product(shape, shape, matrix: false), extents, Spread(call, x, extents), Spread(call, y, extents));
    }

    private static int Spread(OpCall call, Value x, int[] extents) => x.Extents.AsSpan().SequenceEqual(extents)
        ? call.Shaped(x, Value.Stripped(extents))
        : call.Reader.Add(call.Node.Name + " expand", new Rearrangement("expansion", call.Reader.ShapeOf(x.Node), Value.Stripped(extents), Broadcast.Sources(x.Extents, extents)), x.Node);

    // scale · x + shiftSign · shift, each broadcast over x; without a scale constant the scale is scaleOf(0).
    private static Value Scale(OpCall call, Value x, Constant? scale, Func<double, double> scaleOf, Constant? shift, int shiftSign = 1)
    {
        int[] extents = Broadcast.Extents(x.Extents, (scale ?? shift)!.Extents);
        int node = Spread(call, x, extents);
        double[]? factors = scale is null ? (scaleOf(0) == 1 ? null : [scaleOf(0)]) : Spread(scale, extents, scaleOf);
        double[]? constants = shift is null ? null : Spread(shift, extents, value => shiftSign * value);
        if (factors is not null && factors.Any(factor => !double.IsFinite(factor)))
            throw new InvalidDataException("scales by a number that is not finite; expected a non-zero divisor");
        return call.Add(new Scaling(Value.Stripped(extents), factors, constants), extents, node);
    }

    private static double[] Spread(Constant values, int[] extents, Func<double, double> of) => values.Count == 1
        ? [of(values[0])]
        : Array.ConvertAll(Broadcast.Sources(values.Extents, extents), i => of(values[i]));

    private static Value Limit(OpCall call, bool high)
    {
        Value x = call.Input(0), y = call.Node.Inputs.Count == 2 ? call.Input(1) : throw new InvalidDataException($"takes {call.Node.Inputs.Count} inputs; accepted are a tensor and a constant scalar");
        if (x.IsConstant)
            (x, y) = (y, x);
        if (x.IsConstant || !y.IsConstant || y.Constant.Count != 1)
            throw new InvalidDataException("compares two tensors; accepted are a tensor and a constant scalar");
        double limit = y.Constant[0];
        Shape shape = call.Reader.ShapeOf(x.Node);
        return call.Add(high ? PiecewiseLinear.Clip(shape, double.NegativeInfinity, limit) : PiecewiseLinear.Clip(shape, limit, double.PositiveInfinity), x.Extents, x.Node);
    }

    // A mean over axes is an average pooling of the tensor with those axes moved last.
    private static Value Reduce(OpCall call, bool mean)
    {
        Value x = call.Input(0);
        int rank = x.Extents.Length;
        long[] axes = call.Integers("axes", 1) ?? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        bool keep = call.Node.Integer("keepdims", 1) != 0;
        var reduced = new bool[rank];
        foreach (long axis in axes)
            reduced[OpCall.Axis(axis, rank)] = true;
        if (reduced[0] && x.Extents[0] != 1)
            throw new InvalidDataException("reduces the batch axis; expected other axes");
        int[] order = [.. Enumerable.Range(0, rank).Where(axis => !reduced[axis]), .. Enumerable.Range(0, rank).Where(axis => reduced[axis])];
        int width = 1;
        for (int axis = 0; axis < rank; axis++)
            width *= reduced[axis] ? x.Extents[axis] : 1;
        int count = (int)(OpCall.Size(x.Extents) / width);
        Value turned = ShapeOps.Permute(call, x, order);
        var image = new Shape(1, count, width);
        int pooled = call.Reader.Add(call.Node.Name, new AveragePooling(image, new Windows(1, width)), call.Shaped(turned, image));
        int[] extents = keep
            ? [.. Enumerable.Range(0, rank).Select(axis => reduced[axis] ? 1 : x.Extents[axis])]
            : [.. Enumerable.Range(0, rank).Where(axis => !reduced[axis]).Select(axis => x.Extents[axis])];
        var flat = new Shape(1, count, 1);
        return mean
            ? call.Reshape(Value.Of(pooled, [1, 1, count, 1]), extents)
            : call.Add(new Scaling(flat, [width], null), extents, pooled);
    }
}
