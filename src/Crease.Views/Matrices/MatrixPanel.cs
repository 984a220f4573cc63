namespace Crease.Views;

/// <summary>A matrix of numbers, drawn as a heat map with its own scale of colors.</summary>
/// <param name="Title">What is shown, above the panel.</param>
/// <param name="RowLabel">What rows are.</param>
/// <param name="ColumnLabel">What columns are.</param>
/// <param name="Rows">Names of the rows, the first on top. Shape [rows].</param>
/// <param name="Columns">Names of the columns. Shape [columns].</param>
/// <param name="Values">Numbers; NaN where there is none. Shape [rows, columns], row-major.</param>
public sealed record MatrixPanel(string Title, string RowLabel, string ColumnLabel, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<double> Values)
{
    private const int MostCells = 1 << 22;

    /// <summary>What the numbers are, with their unit, beside the scale of colors.</summary>
    public string ValueLabel { get; init; } = "value";

    /// <summary>What the colors span, or null for all that is there; numbers beyond have the color of the end.</summary>
    public AxisRange? Span { get; init; }

    internal (double Low, double High) Range
    {
        get
        {
            if (Span is AxisRange span)
                return (span.Low, span.High);
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            foreach (double value in Values.Where(double.IsFinite))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            return low <= high ? (low, high > low ? high : low + 1) : (0, 1);
        }
    }

    internal void Check(List<string> faults, int panel)
    {
        if (Rows.Count == 0 || Columns.Count == 0 || (long)Rows.Count * Columns.Count > MostCells || Values.Count != Rows.Count * Columns.Count)
            faults.Add($"panel {panel + 1} has {Rows.Count} rows, {Columns.Count} columns and {Values.Count} values; expected at least one of each, a value per cell and at most {MostCells} cells.");
        Span?.Check(faults, $"{nameof(Span)} of panel {panel + 1}", AxisScale.Linear);
    }
}
