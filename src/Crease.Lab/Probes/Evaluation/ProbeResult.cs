using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>What probes of texts came to.</summary>
public sealed record ProbeResult
{
    /// <summary>How they were trained.</summary>
    public required ProbeOptions Options { get; init; }

    /// <summary>Number of texts.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of features.</summary>
    public required int Features { get; init; }

    /// <summary>Values that are not defined and were replaced by training means.</summary>
    public required long Imputed { get; init; }

    /// <summary>Least rows in a leaf of a forest; null for logistic regression.</summary>
    public required int? LeafRows { get; init; }

    /// <summary>One entry per label and scored class.</summary>
    public required ImmutableArray<ProbeFinding> Findings { get; init; }

    /// <summary>What the reader must know before believing it, one sentence each.</summary>
    public required ImmutableArray<string> Remarks { get; init; }
}
