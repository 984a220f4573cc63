namespace Crease.Measures;

/// <summary>Which samples share a set of directions.</summary>
public enum DirectionSharing
{
    /// <summary>One set for all samples, and for all networks measured with the same seed: curves over training steps are smooth.</summary>
    Shared,

    /// <summary>Each sample has its own set, drawn from the seed and the sample's index.</summary>
    PerSample,
}

/// <summary>Size and directions of the neighborhood in which local complexity is counted.</summary>
public sealed record LocalComplexityOptions
{
    /// <summary>Radius 0.05, 25 shared directions of seed 0, logits apart.</summary>
    public static LocalComplexityOptions Default { get; } = new();

    /// <summary>The settings of the published MNIST curves: as <see cref="Default"/>, with the logits counted in the total.</summary>
    /// <remarks>Source: <c>humayun2024grok</c>, figures 2, 7 and 10, whose code counts every output of a linear layer.</remarks>
    public static LocalComplexityOptions PublishedMlp { get; } = new() { IncludeLogits = true };

    /// <summary>r: distance of a vertex from its sample, in units of the network's input; positive and finite.</summary>
    public double Radius { get; init; } = 0.05;

    /// <summary>P: number of orthonormal directions, half the number of vertices; in [1, inputs].</summary>
    public int Directions { get; init; } = 25;

    /// <summary>Seed of the directions.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which samples share directions.</summary>
    public DirectionSharing Sharing { get; init; } = DirectionSharing.Shared;

    /// <summary>Directions to use instead of random ones, or null; then <see cref="Directions"/>, <see cref="Seed"/> and <see cref="Sharing"/> are not used.</summary>
    public OrthonormalDirections? GivenDirections { get; init; }

    /// <summary>Whether the logits count in the total. They are reported in any case.</summary>
    public bool IncludeLogits { get; init; }

    internal int Count => GivenDirections?.Count ?? Directions;

    internal void Check(int inputs)
    {
        var faults = new List<string>();
        if (!(Radius > 0) || !double.IsFinite(Radius))
            faults.Add(FormattableString.Invariant($"'Radius' is {Radius}; expected a positive number."));
        if (GivenDirections is { } given && given.Inputs != inputs)
            faults.Add($"'GivenDirections' lie in a space of {given.Inputs} inputs; the network takes {inputs}.");
        if (GivenDirections is null && (Directions < 1 || Directions > inputs))
            faults.Add($"'Directions' is {Directions}; the network takes {inputs} inputs, so 1 to {inputs} orthonormal directions exist.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
