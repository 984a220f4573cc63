using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>A row for each training of a sweep, in the order of the grid.</summary>
/// <param name="Grid">The grid.</param>
/// <param name="Folder">Folder of the sweep.</param>
/// <param name="Rows">Shape [runs].</param>
/// <param name="Measures">Names of all measures that a row has, in the order of tables.</param>
public sealed record SweepResult(SweepGrid Grid, string Folder, IReadOnlyList<SweepRow> Rows, IReadOnlyList<string> Measures)
{
    /// <summary>Trainings that failed.</summary>
    public int Failed => Rows.Count(row => row.IsFailed);

    /// <summary>Keys in <c>docs/references.bib</c> of the work that the measures rest on.</summary>
    public ImmutableArray<string> Citations => Grid.Measure is null ? [] : ["humayun2024grok", "humayun2023training"];
}
