namespace Crease.Lab;

/// <summary>Where the first numbers of a tensor come from.</summary>
public enum TensorStart
{
    /// <summary>Uniform in [-spread, spread].</summary>
    Uniform,

    /// <summary>Normal with mean 0 and standard deviation spread.</summary>
    Normal,

    /// <summary>All equal to spread.</summary>
    Constant,
}
