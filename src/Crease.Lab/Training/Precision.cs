namespace Crease.Lab;

/// <summary>The floating-point format of weights, data and gradients in training.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Bits32,

    /// <summary>64 bits.</summary>
    Bits64,
}
