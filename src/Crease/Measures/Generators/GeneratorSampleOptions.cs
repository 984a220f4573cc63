namespace Crease.Measures;

/// <summary>How samples of a generator are drawn and weighted.</summary>
public sealed record GeneratorSampleOptions
{
    /// <summary>Two thousand uniform latents in [-1, 1], weighted by their volume.</summary>
    public static GeneratorSampleOptions Default { get; } = new();

    /// <summary>Number of latent points, in [2, 10000000].</summary>
    public int Samples { get; init; } = 2000;

    /// <summary>What they are drawn from.</summary>
    public LatentDensity Latent { get; init; }

    /// <summary>Lower end of the box of uniform latents.</summary>
    public double Low { get; init; } = -1;

    /// <summary>Upper end, above the lower one.</summary>
    public double High { get; init; } = 1;

    /// <summary>ρ: the weight is vol^ρ. 0 leaves the draws as they are, 1 with uniform latents is uniform on the manifold, below 0 goes to modes, above 1 to anti-modes. Finite.</summary>
    public double Polarity { get; init; } = 1;

    /// <summary>Whether weights are divided by the latent density as well, so that normal latents with ρ = 1 aim at the uniform density of the manifold; otherwise they aim at p(z) vol^ρ.</summary>
    public bool RemovesLatentDensity { get; init; }

    /// <summary>Smallest volume that counts; below it volumes are taken for this one. Null for no clipping. Positive.</summary>
    public double? Clip { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (Samples is < 2 or > 10_000_000)
            faults.Add($"'{nameof(Samples)}' is {Samples}; expected 2 to 10000000.");
        if (!Enum.IsDefined(Latent))
            faults.Add($"'{nameof(Latent)}' is {(int)Latent}; pass a member of {nameof(LatentDensity)}.");
        if (!(Low < High) || !double.IsFinite(High - Low))
            faults.Add(FormattableString.Invariant($"'{nameof(Low)}' is {Low} and '{nameof(High)}' {High}; expected finite numbers, the lower first."));
        if (!double.IsFinite(Polarity))
            faults.Add(FormattableString.Invariant($"'{nameof(Polarity)}' is {Polarity}; expected a finite number."));
        if (Clip is double clip && !(clip > 0 && double.IsFinite(clip)))
            faults.Add(FormattableString.Invariant($"'{nameof(Clip)}' is {clip}; expected a positive number."));
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
