namespace Crease.Lab;

/// <summary>How a GGUF file keeps numbers, by the format's own codes.</summary>
internal enum GgufType
{
    /// <summary>32-bit floats.</summary>
    F32 = 0,

    /// <summary>16-bit floats.</summary>
    F16 = 1,

    /// <summary>Blocks of 32 steps of 4 bits around zero, with a scale.</summary>
    Q4_0 = 2,

    /// <summary>Blocks of 32 signed bytes, with a scale.</summary>
    Q8_0 = 8,

    /// <summary>Blocks of 8 · 32 steps of 4 bits, each 32 with a scale and a least value of 6 bits.</summary>
    Q4_K = 12,

    /// <summary>Blocks of 16 · 16 steps of 6 bits around zero, each 16 with a scale of 8 bits.</summary>
    Q6_K = 14,

    /// <summary>16-bit floats with the exponent of 32.</summary>
    BF16 = 30,
}
