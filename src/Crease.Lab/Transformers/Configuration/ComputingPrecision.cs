namespace Crease.Lab;

/// <summary>The floating-point format that a language model computes in, whatever its file holds.</summary>
/// <remarks>Norms, softmax and statistics of a 16-bit model are computed in 32 bits.</remarks>
public enum ComputingPrecision
{
    /// <summary>32 bits.</summary>
    Bits32,

    /// <summary>64 bits, for checks.</summary>
    Bits64,

    /// <summary>16 bits with the exponent of 32.</summary>
    Brain16,

    /// <summary>32 bits; weights of 16 bits stay as they are and are widened for each product: the numbers of <see cref="Bits32"/> in half the memory.</summary>
    Mixed,
}
