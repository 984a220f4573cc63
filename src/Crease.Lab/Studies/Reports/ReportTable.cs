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

    /// <summary>Whether the command prints it beside the claims.</summary>
    public bool IsPrinted { get; init; }

    /// <summary>The table as plain text: headings and rows, a line each, in columns of equal width.</summary>
    public IReadOnlyList<string> Lines()
    {
        string[][] cells = [[.. Columns.Select(ReportText.Heading)], .. Rows.Select(row => row.Select(ReportText.Cell).ToArray())];
        int[] widths = [.. Enumerable.Range(0, Columns.Length).Select(column => cells.Max(row => row[column].Length))];
        return [.. cells.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
    }
}
