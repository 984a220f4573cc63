using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>A property of texts that is to be told from their features.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Classes">Its values, at least two; of two, the second is the one that scores speak of.</param>
/// <param name="Values">Index of each text's class. Shape [rows].</param>
public sealed record ProbeLabel(string Name, ImmutableArray<string> Classes, int[] Values)
{
    private const int MostClasses = 50, LeastRows = 5;

    /// <summary>Reads a column.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="column">A value per text.</param>
    /// <param name="positive">The value that scores speak of where there are two, or null for the one that comes later in the alphabet (1 of 0 and 1).</param>
    /// <exception cref="ArgumentException">There are fewer than 2 or more than 50 values, a text has none, or a class has fewer than 5 rows; the message is one line.</exception>
    public static ProbeLabel Of(string name, IReadOnlyList<string?> column, string? positive = null)
    {
        for (int row = 0; row < column.Count; row++)
        {
            if (string.IsNullOrEmpty(column[row]))
                throw new ArgumentException($"label '{name}' is empty in row {row}; expected a value in each row");
        }
        string[] classes = [.. column.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostClasses + 1)!];
        if (classes.Length is < 2 or > MostClasses)
            throw new ArgumentException($"label '{name}' has {(classes.Length < 2 ? $"{classes.Length}" : $"more than {MostClasses}")} values; expected 2 to {MostClasses}");
        if (positive is not null)
        {
            if (classes.Length > 2 || !classes.Contains(positive))
                throw new ArgumentException($"the class to score is '{positive}' and label '{name}' has the values {string.Join(", ", classes.Take(5))}; expected one of two");
            classes = [classes[0] == positive ? classes[1] : classes[0], positive];
        }
        var index = classes.Select((text, i) => (text, i)).ToDictionary(item => item.text, item => item.i, StringComparer.Ordinal);
        int[] values = [.. column.Select(text => index[text!])];
        for (int c = 0; c < classes.Length; c++)
        {
            int rows = values.Count(value => value == c);
            if (rows < LeastRows)
                throw new ArgumentException($"label '{name}' is '{classes[c]}' in {rows} row{(rows == 1 ? "" : "s")}; expected at least {LeastRows} of each class");
        }
        return new ProbeLabel(name, [.. classes], values);
    }

    /// <summary>What is scored: the second of two classes, or each of several against the rest.</summary>
    internal IEnumerable<int> Scored => Classes.Length == 2 ? [1] : Enumerable.Range(0, Classes.Length);

    /// <summary>Name of the score of a class: that of the label, with the class where there are more than two.</summary>
    internal string NameOf(int scored) => Classes.Length == 2 ? Name : $"{Name}={Classes[scored]}";

    internal bool[] Truth(int scored) => Array.ConvertAll(Values, value => value == scored);
}
