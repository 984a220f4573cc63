using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Latent points of a generator with weights, and a draw of them by weight.</summary>
/// <remarks>
/// Notation: w_i ∝ vol(z_i)^ρ, by choice over p(z_i) ↔ <see cref="Weights"/>; effective sample size (Σ w)² / Σ w². Derivation: a latent density p has density p / vol on the manifold, so that weighting by vol^ρ gives
/// p vol^(ρ - 1) there: the uniform density for ρ = 1 and uniform p. The exponent is that of vol = √det(A'A), hence ρ/2 on the determinant. Source: <c>humayun2022magnet</c>, <c>humayun2022polarity</c>. Exactness: sampled.
/// </remarks>
public sealed class GeneratorSample
{
    private const double FewShare = 0.05;

    private GeneratorSample(GeneratorSampleOptions options, double[][] latents, double[] values, double[] logVolumes, double[] weights) =>
        (Options, Latents, Values, LogVolumes, Weights) = (options, latents, values, logVolumes, weights);

    /// <summary>What was asked for.</summary>
    public GeneratorSampleOptions Options { get; }

    /// <summary>The latent points.</summary>
    public IReadOnlyList<double[]> Latents { get; }

    /// <summary>What they generate. Shape [samples, outputs].</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Logarithms of their volume elements. Shape [samples].</summary>
    public IReadOnlyList<double> LogVolumes { get; }

    /// <summary>Weights, which sum to 1. Shape [samples].</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>(Σ w)² / Σ w²: as many unweighted samples say as much.</summary>
    public double EffectiveSize => 1 / Weights.Sum(weight => weight * weight);

    /// <summary>Samples of volume 0.</summary>
    public int ZeroVolumes => LogVolumes.Count(double.IsNegativeInfinity);

    /// <summary>Samples whose volume was clipped.</summary>
    public int Clipped => Options.Clip is double clip ? LogVolumes.Count(log => log < Math.Log(clip)) : 0;

    /// <summary>What to look at, one sentence each.</summary>
    public ImmutableArray<string> Warnings
    {
        get
        {
            var warnings = ImmutableArray.CreateBuilder<string>();
            if (EffectiveSize < FewShare * Latents.Count)
                warnings.Add(FormattableString.Invariant($"The effective sample size is {EffectiveSize:F1} of {Latents.Count}: few points carry nearly all weight. Draw more samples, or take a polarity nearer to 0."));
            if (Clipped > 0)
                warnings.Add(FormattableString.Invariant($"{Clipped} of {Latents.Count} volumes were clipped at {Options.Clip:G4}."));
            if (ZeroVolumes > 0 && Options.Clip is null && Options.Polarity > 0)
                warnings.Add($"{ZeroVolumes} of {Latents.Count} points have volume 0 and weight 0: the generator is rank-deficient there.");
            return warnings.ToImmutable();
        }
    }

    /// <summary>Draws and weights.</summary>
    /// <param name="generator">The generator, prepared.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="run">Seed, threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range; or ρ is negative, a volume is 0 and nothing is clipped; or all weights are 0.</exception>
    public static GeneratorSample Of(GeneratorVolumes generator, GeneratorSampleOptions? options = null, RunContext? run = null)
    {
        options ??= GeneratorSampleOptions.Default;
        options.Validate();
        run ??= RunContext.Default;
        var random = new RandomSource(run.Seed);
        double[][] latents = [.. Enumerable.Range(0, options.Samples).Select(_ => Draw(generator.Latents, options, random))];
        (double[] logVolumes, double[] values) = generator.At(latents, run);
        return new GeneratorSample(options, latents, values, logVolumes, Weigh(latents, logVolumes, options));
    }

    /// <summary>Indices drawn by weight, with one random number: a point of weight w comes w · count times, rounded down or up.</summary>
    /// <param name="count">Number of indices, at least 1.</param>
    /// <param name="random">Source of the number.</param>
    /// <returns>Ascending.</returns>
    public int[] Resample(int count, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var drawn = new int[count];
        double offset = random.Uniform(), upTo = Weights[0];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            double place = (i + offset) / count;
            while (place >= upTo && at < Weights.Count - 1)
                upTo += Weights[++at];
            drawn[i] = at;
        }
        return drawn;
    }

    private static double[] Draw(int latents, GeneratorSampleOptions options, RandomSource random)
    {
        var point = new double[latents];
        for (int i = 0; i < latents; i++)
            point[i] = options.Latent == LatentDensity.Normal ? random.Normal() : random.Uniform(options.Low, options.High);
        return point;
    }

    private static double[] Weigh(double[][] latents, double[] logVolumes, GeneratorSampleOptions options)
    {
        var sizes = new double[latents.Length];
        var logs = new double[latents.Length];
        double largest = double.NegativeInfinity;
        for (int i = 0; i < sizes.Length; i++)
        {
            logs[i] = options.Clip is double clip ? Math.Max(logVolumes[i], Math.Log(clip)) : logVolumes[i];
            sizes[i] = options.RemovesLatentDensity && options.Latent == LatentDensity.Normal ? latents[i].Sum(z => z * z / 2) : 0;
            largest = Math.Max(largest, sizes[i]);
        }
        // The inverse density up to a factor; the largest is 1.
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Exp(sizes[i] - largest);
        return RegionShares.Of(sizes, logs, options.Polarity);
    }
}
