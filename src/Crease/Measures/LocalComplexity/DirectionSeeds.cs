using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How much mean local complexity depends on the draw of directions: the same samples with several seeds.</summary>
/// <param name="Means">Mean total over samples, per seed: the seed of the options and those that follow it.</param>
/// <param name="Spread">Mean and standard error over seeds.</param>
public sealed record DirectionSeeds(ImmutableArray<double> Means, SampleMean Spread)
{
    /// <summary>Measures with several seeds.</summary>
    /// <param name="network">Any network with one input.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs].</param>
    /// <param name="options">The neighborhood, without given directions.</param>
    /// <param name="seeds">Number of seeds, at least 2.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are fewer than two seeds, directions are given, or a sample does not fit.</exception>
    public static DirectionSeeds Of(Network network, IReadOnlyList<double[]> inputs, LocalComplexityOptions options, int seeds, RunContext? run = null)
    {
        if (seeds < 2)
            throw new ArgumentException($"'seeds' is {seeds}; a standard error over seeds takes at least 2.", nameof(seeds));
        if (options.GivenDirections is not null)
            throw new ArgumentException("'GivenDirections' leave nothing to seeds; pass null.", nameof(options));
        var means = new double[seeds];
        for (int i = 0; i < seeds; i++)
            means[i] = new LocalComplexityEstimator(network, options with { Seed = options.Seed + (ulong)i }).Measure(inputs, run).Totals.Mean;
        return new DirectionSeeds([.. means], SampleMean.Of(means));
    }
}
