namespace Crease.Lab;

/// <summary>What stands between the linear layers of a trained network.</summary>
public enum Activation
{
    /// <summary>max(0, z).</summary>
    Relu,

    /// <summary>z above 0, 0.01 z below.</summary>
    Leaky,

    /// <summary>z Φ(z).</summary>
    Gelu,

    /// <summary>z / (1 + exp(-z)).</summary>
    Silu,

    /// <summary>|z|.</summary>
    Abs,
}
