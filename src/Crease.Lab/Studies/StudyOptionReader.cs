using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace Crease.Lab;

/// <summary>Options of a study by name: listed, and read from text, so that a command, a form and a grid need no code of their own.</summary>
/// <param name="Name">The word, for example <c>weight-decay</c>.</param>
/// <param name="Description">What it means.</param>
/// <param name="HelpName">What stands for the value.</param>
/// <param name="IsFlag">Whether it is a truth value.</param>
/// <param name="Property">Where it goes.</param>
public sealed record StudyOptionReader(string Name, string Description, string HelpName, bool IsFlag, PropertyInfo Property)
{
    /// <summary>The options of a record, in the order in which it declares them.</summary>
    /// <param name="options">An options record.</param>
    public static IReadOnlyList<StudyOptionReader> Of(object options) =>
    [
        .. options.GetType().GetProperties()
            .Select(property => (Property: property, About: property.GetCustomAttribute<StudyOptionAttribute>()))
            .Where(item => item.About is not null)
            .Select(item => new StudyOptionReader(Word(item.Property.Name), item.About!.Description, item.About.HelpName, item.Property.PropertyType == typeof(bool), item.Property)),
    ];

    /// <summary>The value in an options record, as text that <see cref="With"/> takes.</summary>
    /// <param name="options">An options record.</param>
    public string Text(object options) => Property.GetValue(options) switch
    {
        null => "",
        System.Collections.IEnumerable list and not string => string.Join(',', list.Cast<object>().Select(Invariant)),
        object value => Invariant(value),
    };

    /// <summary>A copy of an options record with another value.</summary>
    /// <param name="options">An options record.</param>
    /// <param name="text">The value; lists are separated by commas, an empty text is an empty list or no value.</param>
    /// <exception cref="FormatException">The text is no such value; the message is one line.</exception>
    public object With(object options, string text)
    {
        // Records copy themselves with a method of a name that cannot be written.
        object copy = options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
        Property.SetValue(copy, Value(Property.PropertyType, text));
        return copy;
    }

    private object? Value(Type type, string text)
    {
        if (Nullable.GetUnderlyingType(type) is Type inner)
            return text.Length == 0 ? null : Value(inner, text);
        string[] parts = text.Length == 0 ? [] : text.Split(',');
        try
        {
            return type switch
            {
                _ when type == typeof(string) => text,
                _ when type == typeof(bool) => bool.Parse(text),
                _ when type == typeof(int) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                _ when type == typeof(long) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                _ when type == typeof(double) => Number(text),
                _ when type == typeof(ImmutableArray<double>) => parts.Select(Number).ToImmutableArray(),
                _ when type == typeof(ImmutableArray<string>) => parts.ToImmutableArray(),
                _ => throw new NotSupportedException($"Option '{Name}' is of type {type.Name}, which cannot be read from text."),
            };
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new FormatException($"--{Name} is '{text}'; expected {Expected(type)}", fault);
        }
    }

    private static double Number(string text)
    {
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw new FormatException("it is not finite");
    }

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(double) => "a finite number",
        _ when type == typeof(ImmutableArray<double>) => "finite numbers separated by commas",
        _ => "a whole number",
    };

    private static string Invariant(object value) => value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Word(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
