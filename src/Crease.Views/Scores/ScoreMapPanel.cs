namespace Crease.Views;

/// <summary>A table of numbers to draw as colored cells.</summary>
/// <param name="Title">Title above it.</param>
/// <param name="Rows">Names of the rows, top first; 1 to 100.</param>
/// <param name="Columns">Names of the columns; 1 to 500.</param>
/// <param name="Values">The numbers, NaN where there is none. Shape [rows, columns].</param>
/// <param name="ColumnLabel">What the columns are.</param>
public sealed record ScoreMapPanel(string Title, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, double[][] Values, string ColumnLabel)
{
    internal void Check(List<string> faults, int index)
    {
        if (Rows.Count is < 1 or > 100 || Columns.Count is < 1 or > 500)
            faults.Add($"panel {index} has {Rows.Count} rows and {Columns.Count} columns; expected 1 to 100 and 1 to 500.");
        else if (Values.Length != Rows.Count || Array.Exists(Values, row => row.Length != Columns.Count))
            faults.Add($"'Values' of panel {index} is not of shape [{Rows.Count}, {Columns.Count}]; expected a number per cell.");
        else if (Array.Exists(Values, row => Array.Exists(row, double.IsInfinity)))
            faults.Add($"'Values' of panel {index} holds an infinite number; expected finite numbers, or NaN where there is none.");
    }
}
