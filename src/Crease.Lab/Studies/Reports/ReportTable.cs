using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>A typed table of a report.</summary>
/// <param name="Name">Name of its file, for example <c>curves</c>.</param>
/// <param name="Title">Title above it.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">One row per entry: numbers, texts, or null for what is missing. Shape [rows, columns].</param>
public sealed record ReportTable(string Name, string Title, ImmutableArray<ReportColumn> Columns, ImmutableArray<ImmutableArray<object?>> Rows)
{
    /// <summary>Whether it is saved as a file and not shown on the page.</summary>
    public bool IsFileOnly { get; init; }
}
