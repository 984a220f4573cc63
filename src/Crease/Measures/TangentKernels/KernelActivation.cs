namespace Crease.Measures;

/// <summary>The activation of an infinitely wide network: what it does to the covariance of two Gaussian numbers, in closed form.</summary>
/// <remarks>
/// Notation: with (u, v) normal of covariances Sxx, Sxy, Syy, the value moment is E[φ(u) φ(v)] and the slope moment E[φ'(u) φ'(v)]. Source: <c>cho2009kernel</c> (rectifiers), <c>williams1997infinite</c> (erf).
/// </remarks>
public sealed class KernelActivation
{
    private readonly double? _below, _above;

    private KernelActivation(string name, double? below, double? above) => (Name, _below, _above) = (name, below, above);

    /// <summary>max(0, u).</summary>
    public static KernelActivation Relu { get; } = new("relu", 0, 1);

    /// <summary>|u|.</summary>
    public static KernelActivation AbsoluteValue { get; } = new("absolute value", -1, 1);

    /// <summary>The error function.</summary>
    public static KernelActivation Erf { get; } = new("erf", null, null);

    /// <summary>u: a deep linear network.</summary>
    public static KernelActivation Identity { get; } = new("identity", 1, 1);

    /// <summary>The field's noun.</summary>
    public string Name { get; }

    /// <summary>u above 0 and slope · u below.</summary>
    /// <param name="slope">Slope below 0, finite.</param>
    /// <exception cref="ArgumentException">The slope is not finite.</exception>
    public static KernelActivation LeakyRelu(double slope) => double.IsFinite(slope)
        ? new("leaky relu", slope, 1)
        : throw new ArgumentException($"'slope' is {slope}; expected a finite number.", nameof(slope));

    /// <summary>Both moments.</summary>
    /// <param name="xx">Variance of u, at least 0.</param>
    /// <param name="xy">Covariance.</param>
    /// <param name="yy">Variance of v, at least 0.</param>
    /// <returns>E[φ(u) φ(v)] and E[φ'(u) φ'(v)].</returns>
    public (double Values, double Slopes) Moments(double xx, double xy, double yy)
    {
        if (_below is not double a || _above is not double b)
        {
            double product = (1 + 2 * xx) * (1 + 2 * yy);
            return (2 / Math.PI * Math.Asin(Math.Clamp(2 * xy / Math.Sqrt(product), -1, 1)), 4 / Math.PI / Math.Sqrt(Math.Max(product - 4 * xy * xy, double.Epsilon)));
        }
        double s = Math.Sqrt(Math.Max(0, xx * yy - xy * xy)), factor = (a - b) * (a - b) / (2 * Math.PI);
        // atan2 keeps all digits near angles 0 and π, where an arc cosine loses half of them.
        double slopes = (a * a + b * b) / 2 - factor * Math.Atan2(s, xy);
        return (factor * s + slopes * xy, slopes);
    }
}
