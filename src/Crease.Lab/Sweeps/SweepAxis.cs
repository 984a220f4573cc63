using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>One thing that a sweep varies.</summary>
/// <param name="Name">A word of the training, or a name that stands in braces in one.</param>
/// <param name="Values">All values in the order of the grid, distinct, as the command takes them; null leaves the word out.</param>
public sealed record SweepAxis(string Name, ImmutableArray<string?> Values)
{
    /// <summary>What tables and figures call a word that is left out.</summary>
    public const string LeftOut = "none";

    /// <summary>Whether every value is a finite number.</summary>
    public bool IsNumeric => Values.All(value => Number(value) is not null);

    /// <summary>Whether the values were spaced by equal factors.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The number that a value is, or null.</summary>
    /// <param name="value">A value.</param>
    public static double? Number(string? value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A value as tables and figures show it.</summary>
    /// <param name="value">A value.</param>
    public static string Text(string? value) => value ?? LeftOut;
}
