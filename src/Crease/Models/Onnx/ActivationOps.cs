using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Element-wise functions: piecewise-linear ones fold, smooth ones run forward only.</summary>
internal static class ActivationOps
{
    public static Value[] Relu(OpCall call) => [call.Map(PiecewiseLinear.Relu)];

    public static Value[] LeakyRelu(OpCall call) => [call.Map(shape => PiecewiseLinear.LeakyRelu(shape, call.Node.Number("alpha", 0.01f)))];

    public static Value[] ThresholdedRelu(OpCall call)
    {
        double alpha = call.Node.Number("alpha", 1);
        return alpha == 0 ? Relu(call) : throw new InvalidDataException($"alpha is {alpha}, where the function jumps; accepted is 0, where it is continuous");
    }

    public static Value[] Abs(OpCall call) => [call.Map(PiecewiseLinear.AbsoluteValue)];

    public static Value[] PRelu(OpCall call)
    {
        Value x = call.Dynamic(0);
        Constant slopes = call.Constant(1);
        int[] sources = Broadcast.Sources(call, slopes.Extents, x.Extents);
        return [call.Map(shape => PiecewiseLinear.ParametricRelu(shape, Array.ConvertAll(sources, i => slopes[i])))];
    }

    public static Value[] Clip(OpCall call)
    {
        double low = call.Has(1) ? call.Scalar(1) : call.Node.Number("min", double.NegativeInfinity);
        double high = call.Has(2) ? call.Scalar(2) : call.Node.Number("max", double.PositiveInfinity);
        // Exporters write the largest float for 'no limit'.
        low = low <= float.MinValue ? double.NegativeInfinity : low;
        high = high >= float.MaxValue ? double.PositiveInfinity : high;
        if (double.IsInfinity(low) && double.IsInfinity(high))
            return [call.Input(0)];
        return low < high ? [call.Map(shape => PiecewiseLinear.Clip(shape, low, high))] : throw new InvalidDataException($"clips to [{low}, {high}]; expected a lower limit below the upper one");
    }

    public static Value[] HardSigmoid(OpCall call)
    {
        double alpha = call.Node.Number("alpha", 0.2f), beta = call.Node.Number("beta", 0.5f);
        if (alpha <= 0)
            throw new InvalidDataException($"alpha is {alpha}; expected a number above 0");
        return [call.Map(shape => PiecewiseLinear.Of("hard sigmoid", shape, [-beta / alpha, (1 - beta) / alpha], [0, alpha, 0], 0))];
    }

    public static Value[] HardSwish(OpCall call) => [call.Map(shape => SmoothFunction.Of("hard swish", shape, z => z * Math.Clamp(z / 6 + 0.5, 0, 1), z => z <= -3 ? 0 : z < 3 ? z / 3 + 0.5 : 1))];

    public static Value[] Sigmoid(OpCall call)
    {
        // x · sigmoid(x), as exporters write SiLU, is one layer; the product then passes its input on.
        string x = call.Node.Inputs.Count > 0 ? call.Node.Inputs[0] : "", y = call.Node.Outputs.Count > 0 ? call.Node.Outputs[0] : "";
        if (call.Reader.OnlyUser(y) is not { Op: "Mul", Inputs.Count: 2 } product || product.Inputs[product.Inputs[0] == y ? 1 : 0] != x)
            return [call.Map(SmoothFunction.Sigmoid)];
        product.Fused = y;
        return [call.Map(SmoothFunction.Silu)];
    }

    public static Value[] Tanh(OpCall call) => [call.Map(SmoothFunction.Tanh)];

    public static Value[] Erf(OpCall call) => [call.Map(SmoothFunction.Erf)];

    public static Value[] Gelu(OpCall call) => [call.Map(call.Node.Text("approximate", "none") == "tanh" ? SmoothFunction.GeluTanh : SmoothFunction.Gelu)];

    public static Value[] Exp(OpCall call) => [Smooth(call, "exponential", Math.Exp, Math.Exp, true)];

    public static Value[] Sqrt(OpCall call) => [Smooth(call, "square root", Math.Sqrt, z => 0.5 / Math.Sqrt(z))];

    public static Value[] Log(OpCall call) => [Smooth(call, "logarithm", Math.Log, z => 1 / z)];

    public static Value[] Sin(OpCall call) => [Smooth(call, "sine", Math.Sin, Math.Cos)];

    public static Value[] Cos(OpCall call) => [Smooth(call, "cosine", Math.Cos, z => -Math.Sin(z))];

    public static Value[] Reciprocal(OpCall call) => [Smooth(call, "reciprocal", z => 1 / z, z => -1 / (z * z))];

    public static Value[] Softplus(OpCall call) => [Smooth(call, "softplus", z => z > 30 ? z : Math.Log(1 + Math.Exp(z)), z => 1 / (1 + Math.Exp(-z)), true)];

    public static Value[] Softsign(OpCall call) => [Smooth(call, "softsign", z => z / (1 + Math.Abs(z)), z => 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z))), true)];

    public static Value[] Selu(OpCall call)
    {
        double alpha = call.Node.Number("alpha", 1.67326319217681884765625f), gamma = call.Node.Number("gamma", 1.05070102214813232421875f);
        return [Smooth(call, "selu", z => gamma * (z > 0 ? z : alpha * (Math.Exp(z) - 1)), z => gamma * (z > 0 ? 1 : alpha * Math.Exp(z)))];
    }

    public static Value[] Elu(OpCall call)
    {
        double alpha = call.Node.Number("alpha", 1);
        return [Smooth(call, "elu", z => z > 0 ? z : alpha * (Math.Exp(z) - 1), z => z > 0 ? 1 : alpha * Math.Exp(z))];
    }

    public static Value[] Pow(OpCall call)
    {
        double power = call.Scalar(1);
        return power == 1 ? [call.Input(0)] : [Smooth(call, $"power {power}", z => Math.Pow(z, power), z => power == 0 ? 0 : power * Math.Pow(z, power - 1))];
    }

    public static Value[] Softmax(OpCall call) => [Softmax(call, false)];

    public static Value[] LogSoftmax(OpCall call) => [Softmax(call, true)];

    private static Value Softmax(OpCall call, bool logarithm)
    {
        Value x = call.Dynamic(0);
        int rank = x.Extents.Length;
        bool flattens = call.Reader.Opset < 13;
        int axis = OpCall.Axis(call.Node.Integer("axis", flattens ? 1 : -1), rank);
        // Before operator set 13 all axes from the given one on were taken together.
        Shape shape = flattens
            ? new Shape((int)OpCall.Size(x.Extents.AsSpan(0, axis)), (int)OpCall.Size(x.Extents.AsSpan(axis)))
            : new Shape(x.Extents);
        return call.Add(new Softmax(shape, flattens ? 1 : axis, logarithm), x.Extents, call.Shaped(x, shape));
    }

    private static Value Smooth(OpCall call, string kind, Func<double, double> function, Func<double, double> derivative, bool monotone = false) =>
        call.Map(shape => SmoothFunction.Of(kind, shape, function, derivative, monotone));
}
