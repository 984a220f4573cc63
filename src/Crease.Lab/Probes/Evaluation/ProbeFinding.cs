using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>What a probe of one class came to, with its controls.</summary>
public sealed record ProbeFinding
{
    /// <summary>Name of the label.</summary>
    public required string Label { get; init; }

    /// <summary>The class that scores speak of.</summary>
    public required string Class { get; init; }

    /// <summary>Name of the score: the label, with the class where there are more than two.</summary>
    public required string Name { get; init; }

    /// <summary>Rows of the class.</summary>
    public required int Positives { get; init; }

    /// <summary>The other rows.</summary>
    public required int Negatives { get; init; }

    /// <summary>Training rows of a split, and how many of them kept their label.</summary>
    public required (int Training, int Labeled, int Test) SplitRows { get; init; }

    /// <summary>What the features reach.</summary>
    public required AucEstimate Estimate { get; init; }

    /// <summary>Probes of other things on the same splits; always all of them, with the reason where one is absent.</summary>
    public required ImmutableArray<ProbeControl> Controls { get; init; }

    /// <summary>The features within each source, and from one source to another.</summary>
    public required ImmutableArray<SourceFinding> Sources { get; init; }

    /// <summary>Parts of the features alone.</summary>
    public required ImmutableArray<ProbeAblation> Ablations { get; init; }

    /// <summary>Test rows of the class by their score, in ten bins of equal width; each row once, with its mean score.</summary>
    public ImmutableArray<SuccessBin> ByScore { get; init; } = [];

    /// <summary>Test rows that were told right at a threshold of one half, by their number of tokens; empty where that is not known.</summary>
    public ImmutableArray<SuccessBin> ByLength { get; init; } = [];

    /// <summary>What the numbers say, one sentence each.</summary>
    public required ImmutableArray<string> Verdict { get; init; }
}
