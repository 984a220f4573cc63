using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>What a study found: claims with their outcome, tables with units, figures, caveats and sources.</summary>
public sealed record StudyReport
{
    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Title of the page.</summary>
    public required string Title { get; init; }

    /// <summary>What was done, in a paragraph.</summary>
    public required string Introduction { get; init; }

    /// <summary>The options record.</summary>
    public required object Options { get; init; }

    /// <summary>Seeds of everything random.</summary>
    public ImmutableArray<ulong> Seeds { get; init; } = [];

    /// <summary>Claims beside what was found.</summary>
    public ImmutableArray<ReportCheck> Checks { get; init; } = [];

    /// <summary>Figures in the order of the page.</summary>
    public ImmutableArray<ReportFigure> Figures { get; init; } = [];

    /// <summary>Tables in the order of the page.</summary>
    public ImmutableArray<ReportTable> Tables { get; init; } = [];

    /// <summary>What the reader must know before believing it, one sentence each.</summary>
    public ImmutableArray<string> Caveats { get; init; } = [];

    /// <summary>Keys in <c>docs/references.bib</c>.</summary>
    public ImmutableArray<string> Citations { get; init; } = [];
}
