namespace Crease.Lab;

/// <summary>Tests that templates may put to a value; there are no others.</summary>
internal static class TemplateTest
{
    /// <summary>value is name(arguments).</summary>
    /// <exception cref="InvalidDataException">There is no such test, or it is not for such a value.</exception>
    public static bool Holds(TemplateRun run, string name, object? value, TemplateArguments arguments)
    {
        bool holds = name switch
        {
            "defined" => TemplateValue.IsDefined(value),
            "undefined" => !TemplateValue.IsDefined(value),
            "none" => value is null,
            "string" => value is string,
            "mapping" => value is Dictionary<string, object?>,
            "sequence" => value is string or List<object?> or Dictionary<string, object?>,
            "iterable" => value is string or List<object?> or Dictionary<string, object?> || !TemplateValue.IsDefined(value),
            "number" => TemplateNumber.Is(value) || value is bool,
            "integer" => value is long,
            "float" => value is double,
            "boolean" => value is bool,
            "callable" => value is TemplateMacro or TemplateFunction,
            "true" => value is true,
            "false" => value is false,
            "odd" => TemplateNumber.Of("%", value, 2L) is 1L,
            "even" => TemplateNumber.Of("%", value, 2L) is 0L,
            "divisibleby" => TemplateNumber.Of("%", value, arguments.Needed("num")) is 0L,
            "upper" => Cased(run, value, char.IsLower, char.IsUpper),
            "lower" => Cased(run, value, char.IsUpper, char.IsLower),
            "in" => TemplateValue.Holds(run, arguments.Needed("seq"), value),
            "sameas" => IsSame(value, arguments.Needed("other")),
            "equalto" or "eq" or "==" => TemplateValue.AreEqual(run, value, arguments.Needed("other")),
            "ne" or "!=" => !TemplateValue.AreEqual(run, value, arguments.Needed("other")),
            "lt" or "lessthan" or "<" => TemplateValue.Compare(run, value, arguments.Needed("other")) < 0,
            "gt" or "greaterthan" or ">" => TemplateValue.Compare(run, value, arguments.Needed("other")) > 0,
            "le" or "<=" => TemplateValue.Compare(run, value, arguments.Needed("other")) <= 0,
            "ge" or ">=" => TemplateValue.Compare(run, value, arguments.Needed("other")) >= 0,
            _ => throw new InvalidDataException($"the test '{Vocabulary.Shown(name)}' is not supported"),
        };
        arguments.End();
        return holds;
    }

    private static bool IsSame(object? value, object? other) => value is null or bool or long ? Equals(value, other) : ReferenceEquals(value, other);

    private static bool Cased(TemplateRun run, object? value, Predicate<char> wrong, Predicate<char> right)
    {
        string text = TemplateValue.Text(value);
        run.Look(text.Length);
        return text.Any(c => right(c)) && !text.Any(c => wrong(c));
    }
}
