using System.Globalization;

namespace Crease.Lab;

/// <summary>Cells and headings of reports as text.</summary>
internal static class ReportText
{
    public static string Heading(ReportColumn column) => column.Unit is null ? column.Name : $"{column.Name} ({column.Unit})";

    /// <summary>A cell for people: four digits, thousands apart.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "–",
        double number when !double.IsFinite(number) => "–",
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e9 => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        long or int => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A cell for programs: all digits.</summary>
    public static string Exact(object? value) => value switch
    {
        null => "",
        double number when !double.IsFinite(number) => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => CsvCell.Of(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    public static string Outcome(CheckOutcome outcome) => outcome switch { CheckOutcome.Met => "met", CheckOutcome.Missed => "missed", _ => "not measured" };
}
