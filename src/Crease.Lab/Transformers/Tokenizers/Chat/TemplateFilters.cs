using System.Globalization;

namespace Crease.Lab;

/// <summary>Filters of single values that templates may use; those of lists are beside them, and there are no others.</summary>
internal static class TemplateFilters
{
    private const int WidestIndent = 1000;

    /// <summary>value | name(arguments).</summary>
    /// <exception cref="InvalidDataException">There is no such filter, or its value or arguments are not as expected.</exception>
    public static object? Of(TemplateRun run, string name, object? value, TemplateArguments arguments)
    {
        run.Look(TemplateValue.Size(value));
        object? result = name switch
        {
            "trim" => TemplateMethods.Trimmed(TemplateValue.Text(value), arguments),
            "length" or "count" => TemplateValue.Length(run, value),
            "upper" => TemplateValue.Text(value).ToUpperInvariant(),
            "lower" => TemplateValue.Text(value).ToLowerInvariant(),
            "capitalize" => Capitalized(TemplateValue.Text(value)),
            "title" => Titled(TemplateValue.Text(value)),
            "string" => TemplateValue.Text(value),
            "safe" => value,
            "tojson" => TemplateJson.Text(run, value, arguments),
            "items" => TemplateMethods.Items(value),
            "default" or "d" => Default(value, arguments),
            "join" => Join(run, value, arguments),
            "replace" => TemplateMethods.Replaced(run, TemplateValue.Text(value), arguments),
            "indent" => Indented(TemplateValue.Text(value), arguments),
            "int" => Whole(value, arguments),
            "float" => value is string text ? TemplateNumber.ReadFloat(text, TemplateNumber.Float(arguments.Next("default", 0.0))) : TemplateNumber.Float(value),
            "round" => Rounded(value, arguments),
            "abs" => value is double number ? (object)Math.Abs(number) : checked(Math.Abs(TemplateNumber.Whole(value))),
            _ => TemplateListFilters.Of(run, name, value, arguments),
        };
        arguments.End();
        return result;
    }

    /// <summary>The first letter large, the others small.</summary>
    public static string Capitalized(string text) => text.Length == 0 ? text : string.Concat(text[..1].ToUpperInvariant(), text[1..].ToLowerInvariant());

    /// <summary>The first letter of each word large, the others small.</summary>
    public static string Titled(string text) => string.Create(text.Length, text, (letters, text) =>
    {
        for (int i = 0; i < letters.Length; i++)
            letters[i] = i > 0 && char.IsLetter(text[i - 1]) ? char.ToLowerInvariant(text[i]) : char.ToUpperInvariant(text[i]);
    });

    /// <summary>A list as one text.</summary>
    public static string Joined(TemplateRun run, List<object?> items, string separator)
    {
        run.Look(items.Count);
        return TemplateValue.Joined([.. items.SelectMany((item, i) => i == 0 ? new[] { TemplateValue.Text(item) } : [separator, TemplateValue.Text(item)])]);
    }

    private static string Join(TemplateRun run, object? value, TemplateArguments arguments)
    {
        string separator = TemplateValue.Text(arguments.Next("d", ""));
        List<object?> items = TemplateValue.Items(run, value);
        return Joined(run, arguments.Next("attribute", null) is object path ? items.ConvertAll(item => TemplateListFilters.Attribute(run, item, path)) : items, separator);
    }

    private static object? Default(object? value, TemplateArguments arguments)
    {
        object? absent = arguments.Next("default_value", "");
        bool isForFalse = TemplateValue.IsTrue(arguments.Next("boolean", false));
        return !TemplateValue.IsDefined(value) || (isForFalse && !TemplateValue.IsTrue(value)) ? absent : value;
    }

    private static object? Whole(object? value, TemplateArguments arguments)
    {
        object? absent = arguments.Next("default", 0L);
        return value switch
        {
            string text when double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => TemplateNumber.Read(text),
            double number => TemplateNumber.Cut(number),
            long or bool => TemplateNumber.Whole(value),
            _ => absent,
        };
    }

    private static double Rounded(object? value, TemplateArguments arguments)
    {
        int digits = (int)Math.Clamp(TemplateNumber.Whole(arguments.Next("precision", 0L)), 0, 15);
        double number = TemplateNumber.Float(value);
        return arguments.Next("method", "common") switch
        {
            "common" => Math.Round(number, digits, MidpointRounding.ToEven),
            "floor" when digits == 0 => Math.Floor(number),
            "ceil" when digits == 0 => Math.Ceiling(number),
            var method => throw new InvalidDataException($"rounding by '{Vocabulary.Shown(TemplateValue.Text(method))}' to {digits} digits is not supported"),
        };
    }

    // Lines but the first, and those that are empty, get the indent only if asked for.
    private static string Indented(string text, TemplateArguments arguments)
    {
        object? width = arguments.Next("width", 4L);
        bool isFirst = TemplateValue.IsTrue(arguments.Next("first", false)), isBlank = TemplateValue.IsTrue(arguments.Next("blank", false));
        string indent = width as string ?? new string(' ', (int)Math.Clamp(TemplateNumber.Whole(width), 0, WidestIndent));
        TemplateValue.CheckLength(text.Length + (1 + text.AsSpan().Count('\n')) * (long)indent.Length);
        string[] lines = text.Split('\n');
        return string.Join('\n', lines.Select((line, i) => (i == 0 ? isFirst : isBlank || line.Length > 0) ? indent + line : line));
    }
}
