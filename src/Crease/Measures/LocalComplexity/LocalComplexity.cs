using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How many units change their sign around each of some samples, per layer and in total.</summary>
/// <remarks>Notation: LC_l(x) ↔ <see cref="Count"/>, LC(x) ↔ <see cref="Total"/>. Source: <c>humayun2024grok</c>, section 3.</remarks>
public sealed class LocalComplexity
{
    private readonly int[] _counts;

    internal LocalComplexity(Network network, LocalComplexityOptions options, ImmutableArray<CountedLayer> layers, int[] counts, int samples, bool isApproximate, double seconds)
    {
        (Network, Options, Layers, _counts, Samples, IsApproximate) = (network, options, layers, counts, samples, isApproximate);
        Cost = new Cost(seconds, 0, GC.GetTotalMemory(false));
        var totals = new double[samples];
        for (int s = 0; s < samples; s++)
            totals[s] = Total(s);
        Totals = SampleMean.Of(totals);
        LayerMeans = [.. layers.Select((_, l) => SampleMean.Of([.. Enumerable.Range(0, samples).Select(s => (double)Count(s, l))]))];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The neighborhood.</summary>
    public LocalComplexityOptions Options { get; }

    /// <summary>What was counted, in topological order; logits last, where there are any.</summary>
    public ImmutableArray<CountedLayer> Layers { get; }

    /// <summary>Number of samples.</summary>
    public int Samples { get; }

    /// <summary>Units that change their sign. Shape [samples, layers], row-major, logits included.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>Mean and standard error over samples of the total: the sum over layers, of logits only with <see cref="LocalComplexityOptions.IncludeLogits"/>.</summary>
    public SampleMean Totals { get; }

    /// <summary>Mean and standard error over samples of each layer's count. Shape [layers].</summary>
    public ImmutableArray<SampleMean> LayerMeans { get; }

    /// <summary>Whether a smooth node takes part, so that counts describe no creases.</summary>
    public bool IsApproximate { get; }

    /// <summary>How the means were obtained: an estimate from samples.</summary>
    public Exactness Exactness { get; } = Exactness.Sampled;

    /// <summary>What the measurement took.</summary>
    public Cost Cost { get; }

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["humayun2024grok", "humayun2023training"];

    /// <summary>Units of a layer that change their sign around a sample.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="layer">0-based index in <see cref="Layers"/>.</param>
    public int Count(int sample, int layer) => _counts[sample * Layers.Length + layer];

    /// <summary>The sum over layers around a sample, with or without logits as the options say.</summary>
    /// <param name="sample">0-based sample.</param>
    public int Total(int sample)
    {
        int total = 0;
        for (int l = 0; l < Layers.Length; l++)
            total += Layers[l].IsLogits && !Options.IncludeLogits ? 0 : Count(sample, l);
        return total;
    }
}
