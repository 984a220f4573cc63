using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Independent streams of random numbers by purpose and index, so that no stream has a state to save.</summary>
internal static class RandomStreams
{
    public const ulong Weights = 1, Order = 2, Augmentation = 3, Labels = 4, Subset = 5, Data = 6;

    /// <summary>The stream of a purpose: the same three numbers give the same stream.</summary>
    public static RandomSource Of(ulong seed, ulong purpose, ulong index = 0) => new(Mixed(Mixed(Mixed(seed) + purpose) + index));

    // The finalizer of SplitMix64: neighboring seeds lead far apart.
    private static ulong Mixed(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
