using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Element-wise arithmetic: with constants it is affine, sums of tensors too, products of tensors are not.</summary>
internal static class ArithmeticOps
{
    public static Value[] Add(OpCall call) => [Combine(call, call.Input(0), call.Input(1), 1)];

    public static Value[] Sub(OpCall call) => [Combine(call, call.Input(0), call.Input(1), -1)];

    public static Value[] Mul(OpCall call)
    {
        Value x = call.Input(0), y = call.Input(1);
        if (x.IsConstant && y.IsConstant)
            return [ConstantOps.Fold(call, x.Constant, y.Constant, (a, b) => a * b)];
        if (x.IsConstant)
            (x, y) = (y, x);
        return [y.IsConstant ? Scale(call, x, y.Constant, value => value) : Product(call, x, y)];
    }

    public static Value[] Div(OpCall call)
    {
        Value x = call.Input(0), y = call.Input(1);
        if (x.IsConstant && y.IsConstant)
            return [ConstantOps.Fold(call, x.Constant, y.Constant, (a, b) => a / b, wholeDivision: true)];
        if (y.IsConstant)
            return [Scale(call, x, y.Constant, value => 1 / value)];
        var reciprocal = SmoothFunction.Of("reciprocal", call.Reader.ShapeOf(y.Node), z => 1 / z, z => -1 / (z * z));
        y = Value.Of(call.Reader.Add(call.Node.Name + " reciprocal", reciprocal, y.Node), y.Extents);
        return [x.IsConstant ? Scale(call, y, x.Constant, value => value) : Product(call, x, y)];
    }

    public static Value[] Sum(OpCall call)
    {
        Value[] terms = [.. Enumerable.Range(0, call.Node.Inputs.Count).Select(call.Input)];
        if (terms.Length == 0)
            throw new InvalidDataException("has no inputs; expected at least one");
        if (terms.Length > 1 && Array.TrueForAll(terms, term => !term.IsConstant && term.Extents.AsSpan().SequenceEqual(terms[0].Extents)))
        {
            Shape shape = Value.Stripped(terms[0].Extents);
            return [call.Add(new Sum(shape, [.. terms.Select(_ => 1.0)]), terms[0].Extents, [.. terms.Select(term => call.Shaped(term, shape))])];
        }
        return [terms.Skip(1).Aggregate(terms[0], (sum, term) => Combine(call, sum, term, 1))];
    }

    public static Value[] Neg(OpCall call) => [call.Map(shape => new Scaling(shape, [-1], null))];

    public static Value[] Max(OpCall call) => [Extreme(call, high: false)];

    public static Value[] Min(OpCall call) => [Extreme(call, high: true)];

    private static Value Combine(OpCall call, Value x, Value y, int sign)
    {
        if (x.IsConstant && y.IsConstant)
            return ConstantOps.Fold(call, x.Constant, y.Constant, (a, b) => a + sign * b);
        if (x.IsConstant)
            return Shift(call, y, sign, x.Constant, 1);
        if (y.IsConstant)
            return Shift(call, x, 1, y.Constant, sign);
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
        : call.Reader.Add(call.Node.Name + " expand", new Rearrangement("expansion", call.Reader.ShapeOf(x.Node), Value.Stripped(extents), Broadcast.Sources(call, x.Extents, extents)), x.Node);

    private static Value Scale(OpCall call, Value x, Constant scale, Func<double, double> scaleOf)
    {
        int[] extents = Broadcast.Extents(x.Extents, scale.Extents);
        double[] factors = Spread(call, scale, extents, scaleOf);
        if (Array.Exists(factors, factor => !double.IsFinite(factor)))
            throw new InvalidDataException("scales by a number that is not finite; expected a non-zero divisor");
        return call.Add(new Scaling(Value.Stripped(extents), factors, null), extents, Spread(call, x, extents));
    }

    // sign · x + shiftSign · shift, broadcast over each other.
    private static Value Shift(OpCall call, Value x, int sign, Constant shift, int shiftSign)
    {
        int[] extents = Broadcast.Extents(x.Extents, shift.Extents);
        double[] constants = Spread(call, shift, extents, value => shiftSign * value);
        return call.Add(new Scaling(Value.Stripped(extents), sign == 1 ? null : [sign], constants), extents, Spread(call, x, extents));
    }

    private static double[] Spread(OpCall call, Constant values, int[] extents, Func<double, double> of) => values.Count == 1
        ? [of(values[0])]
        : Array.ConvertAll(Broadcast.Sources(call, values.Extents, extents), i => of(values[i]));

    private static Value Extreme(OpCall call, bool high)
    {
        Value[] terms = [.. Enumerable.Range(0, call.Node.Inputs.Count).Select(call.Input)];
        return terms.Length > 0 ? terms.Skip(1).Aggregate(terms[0], (x, y) => Extreme(call, x, y, high)) : throw new InvalidDataException("has no inputs; expected at least one");
    }

    private static Value Extreme(OpCall call, Value x, Value y, bool high)
    {
        if (x.IsConstant && y.IsConstant)
            return ConstantOps.Fold(call, x.Constant, y.Constant, (a, b) => high ? Math.Min(a, b) : Math.Max(a, b));
        if (x.IsConstant)
            (x, y) = (y, x);
        if (y.IsConstant && y.Constant.Count == 1)
        {
            double limit = y.Constant[0];
            Shape shape = call.Reader.ShapeOf(x.Node);
            int[] extents = Broadcast.Extents(x.Extents, y.Extents);
            return call.Add(high ? PiecewiseLinear.Clip(shape, double.NegativeInfinity, limit) : PiecewiseLinear.Clip(shape, limit, double.PositiveInfinity), extents, x.Node);
        }
        // max(x, y) = y + relu(x - y), and min(x, y) = y - relu(y - x).
        int sign = high ? -1 : 1;
        Value difference = high ? Combine(call, y, x, -1) : Combine(call, x, y, -1);
        Value excess = call.Add(PiecewiseLinear.Relu(call.Reader.ShapeOf(difference.Node)), difference.Extents, difference.Node);
        return Combine(call, y, excess, sign);
    }
}
