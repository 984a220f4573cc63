using Crease.Numerics;

namespace Crease.Networks.Layers;

/// <summary>An element-wise smooth activation: sigmoid, tanh, GELU, SiLU and others of one argument.</summary>
public sealed class SmoothFunction : SmoothLayer
{
    private const double SqrtHalf = 0.70710678118654752440;
    private const double TanhScale = 0.79788456080286535588, TanhCubic = 0.044715;
    private readonly Func<double, double> _function, _derivative;

    private SmoothFunction(string kind, Shape shape, Func<double, double> function, Func<double, double> derivative, bool monotone)
        : base([shape], shape) => (Kind, _function, _derivative, IsMonotone) = (kind, function, derivative, monotone);

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override bool IsMonotone { get; }

    /// <summary>1 / (1 + exp(-z)).</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Sigmoid(Shape shape) => new("sigmoid", shape, Logistic, z => Logistic(z) * Logistic(-z), true);

    /// <summary>Hyperbolic tangent.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Tanh(Shape shape) => new("tanh", shape, Math.Tanh, TanhSlope, true);

    /// <summary>z Φ(z) with the exact normal distribution function Φ.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Gelu(Shape shape) =>
        new("gelu", shape, z => 0.5 * z * (1 + SpecialFunctions.Error(z * SqrtHalf)), z => 0.5 * (1 + SpecialFunctions.Error(z * SqrtHalf)) + z * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI), false);

    /// <summary>The tanh approximation of GELU.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction GeluTanh(Shape shape) =>
        new("gelu (tanh)", shape, z => 0.5 * z * (1 + Math.Tanh(TanhArgument(z))), GeluTanhSlope, false);

    /// <summary>z / (1 + exp(-z)), also called swish.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Silu(Shape shape) => new("silu", shape, z => z * Logistic(z), z => Logistic(z) * (1 + z * Logistic(-z)), false);

    /// <summary>The error function erf.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Erf(Shape shape) => new("erf", shape, SpecialFunctions.Error, z => 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z), true);

    /// <summary>Any other smooth function of one argument.</summary>
    /// <param name="kind">The noun to report.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="function">The function, applied to each element.</param>
    /// <param name="derivative">Its derivative.</param>
    /// <param name="monotone">Whether it is strictly increasing.</param>
    public static SmoothFunction Of(string kind, Shape shape, Func<double, double> function, Func<double, double> derivative, bool monotone = false) =>
        new(kind, shape, function, derivative, monotone);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        for (int i = 0; i < count * OutputShape.Size; i++)
            output[i] = _function(inputs[0][i]);
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int length = inputGradients[0].Length == 0 ? 0 : count * OutputShape.Size;
        for (int i = 0; i < length; i++)
            inputGradients[0][i] += gradient[i] * _derivative(inputs[0][i]);
    }

    private static double TanhSlope(double z)
    {
        double cosine = Math.Cosh(z);
        return 1 / cosine / cosine;
    }

    private static double TanhArgument(double z) => TanhScale * (z + TanhCubic * z * z * z);

    private static double GeluTanhSlope(double z)
    {
        double u = TanhArgument(z), slope = TanhSlope(u);
        // Far out the second term is 0 times what may be infinite.
        return 0.5 * (1 + Math.Tanh(u)) + (slope == 0 ? 0 : 0.5 * z * slope * TanhScale * (1 + 3 * TanhCubic * z * z));
    }

    private static double Logistic(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));
}
