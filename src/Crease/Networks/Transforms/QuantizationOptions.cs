namespace Crease.Networks;

/// <summary>How weights are rounded to a grid of few values.</summary>
public sealed record QuantizationOptions
{
    /// <summary>The largest number of bits, 16.</summary>
    public const int MostBits = 16;

    /// <summary>Bits per weight, 1 to <see cref="MostBits"/>.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Whether the grid is the same on both sides of zero; otherwise it spans the smallest to the largest weight, zero included.</summary>
    public bool IsSymmetric { get; init; } = true;

    /// <summary>Whether every output channel (a row of a dense layer, a kernel of a convolution) has a grid of its own; otherwise a layer has one.</summary>
    public bool PerChannel { get; init; }

    /// <summary>Refuses bits out of range.</summary>
    /// <exception cref="ArgumentException">Bits are out of range.</exception>
    public void Check()
    {
        if (Bits is < 1 or > MostBits)
            throw new ArgumentException($"'{nameof(Bits)}' is {Bits}; expected 1 to {MostBits}.");
    }
}
