namespace Crease.Networks.Layers;

/// <summary>An element-wise smooth activation: sigmoid, tanh, GELU, SiLU and others of one argument.</summary>
public sealed class SmoothFunction : SmoothLayer
{
    private const double SqrtHalf = 0.70710678118654752440;
    private readonly Func<double, double> _function;

    private SmoothFunction(string kind, Shape shape, Func<double, double> function, bool monotone)
        : base([shape], shape) => (Kind, _function, IsMonotone) = (kind, function, monotone);

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override bool IsMonotone { get; }

    /// <summary>1 / (1 + exp(-z)).</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Sigmoid(Shape shape) => new("sigmoid", shape, Logistic, true);

    /// <summary>Hyperbolic tangent.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Tanh(Shape shape) => new("tanh", shape, Math.Tanh, true);

    /// <summary>z Φ(z) with the exact normal distribution function Φ.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Gelu(Shape shape) => new("gelu", shape, z => 0.5 * z * (1 + ErrorFunction(z * SqrtHalf)), false);

    /// <summary>The tanh approximation of GELU.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction GeluTanh(Shape shape) =>
        new("gelu (tanh)", shape, z => 0.5 * z * (1 + Math.Tanh(0.79788456080286535588 * (z + 0.044715 * z * z * z))), false);

    /// <summary>z / (1 + exp(-z)), also called swish.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Silu(Shape shape) => new("silu", shape, z => z * Logistic(z), false);

    /// <summary>The error function erf.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static SmoothFunction Erf(Shape shape) => new("erf", shape, ErrorFunction, true);

    /// <summary>Any other smooth function of one argument.</summary>
    /// <param name="kind">The noun to report.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="function">The function, applied to each element.</param>
    /// <param name="monotone">Whether it is strictly increasing.</param>
    public static SmoothFunction Of(string kind, Shape shape, Func<double, double> function, bool monotone = false) => new(kind, shape, function, monotone);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        for (int i = 0; i < count * OutputShape.Size; i++)
            output[i] = _function(inputs[0][i]);
    }

    private static double Logistic(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    // Series below 2.5, continued fraction (Lentz) above: both converge to double precision.
    private static double ErrorFunction(double x)
    {
        double y = Math.Abs(x), z = y * y;
        if (y > 6)
            return Math.Sign(x);
        if (y < 2.5)
        {
            double term = y, sum = y;
            for (int k = 1; Math.Abs(term) > 1e-17 * sum && k < 200; k++)
            {
                term *= -z / k;
                sum += term / (2 * k + 1);
            }
            return Math.CopySign(2 / Math.Sqrt(Math.PI) * sum, x);
        }
        double fraction = 0;
        for (int k = 60; k >= 1; k--)
            fraction = k / 2.0 / (y + fraction);
        return Math.CopySign(1 - Math.Exp(-z) / (Math.Sqrt(Math.PI) * (y + fraction)), x);
    }
}
