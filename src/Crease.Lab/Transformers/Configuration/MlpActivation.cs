namespace Crease.Lab;

/// <summary>What a language model's perceptron applies to the output of its first layer (its gate).</summary>
public enum MlpActivation
{
    /// <summary>x times the logistic function of x.</summary>
    Silu,

    /// <summary>x times the normal distribution function of x.</summary>
    Gelu,

    /// <summary>GELU by the hyperbolic tangent.</summary>
    GeluTanh,

    /// <summary>The larger of x and 0.</summary>
    Relu,
}
