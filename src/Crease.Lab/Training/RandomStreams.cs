using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Independent streams of random numbers by purpose and index, so that no stream has a state to save.</summary>
internal static class RandomStreams
{
    public const ulong Weights = 1, Order = 2, Augmentation = 3, Labels = 4, Subset = 5, Data = 6, Attack = 7, Noise = 8, Features = 9, Phases = 10, Trees = 11, Trials = 12;

    /// <summary>The stream of a purpose: the same three numbers give the same stream.</summary>
    public static RandomSource Of(ulong seed, ulong purpose, ulong index = 0) => new(RandomSource.Scrambled(RandomSource.Scrambled(RandomSource.Scrambled(seed) + purpose) + index));
}
