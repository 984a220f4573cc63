namespace Crease.Lab;

/// <summary>A function that templates may call by name; there are no others.</summary>
/// <param name="Name">The name.</param>
internal sealed record TemplateFunction(string Name)
{
    private const long LongestRange = 10_000;

    private static readonly Dictionary<string, TemplateFunction> All = new[] { "raise_exception", "strftime_now", "namespace", "dict", "range" }.ToDictionary(name => name, name => new TemplateFunction(name));

    /// <summary>A function, or null.</summary>
    public static TemplateFunction? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>Calls it.</summary>
    /// <exception cref="InvalidDataException">The arguments are not as expected, or it is the function that refuses a prompt.</exception>
    public object? Call(TemplateRun run, TemplateArguments arguments)
    {
        object? result = Name switch
        {
            "raise_exception" => throw new InvalidDataException($"refuses the prompt: {(arguments.Next("message", out object? reason) ? Vocabulary.Shown(TemplateValue.Text(reason)) : "no reason")}"),
            "strftime_now" => TemplateDate.Text(run.Date, TemplateValue.Expected<string>(arguments.Needed("format"))),
            "range" => Range(arguments),
            _ => Table(arguments),
        };
        arguments.End();
        return result;
    }

    // A table may be given to begin with.
    private static Dictionary<string, object?> Table(TemplateArguments arguments)
    {
        Dictionary<string, object?> table = arguments.Rest();
        if (arguments.Next("", out object? first))
        {
            foreach ((string key, object? value) in TemplateValue.Expected<Dictionary<string, object?>>(first))
                table.TryAdd(key, value);
        }
        return table;
    }

    private static List<object?> Range(TemplateArguments arguments)
    {
        long first = TemplateNumber.Whole(arguments.Needed("stop")), from = 0, to = first, step = 1;
        if (arguments.Next("stop", out object? stop))
            (from, to) = (first, TemplateNumber.Whole(stop));
        if (arguments.Next("step", out object? by))
            step = TemplateNumber.Whole(by);
        if (step == 0 || Math.Max(Math.Abs((double)from), Math.Abs((double)to)) > LongestRange)
            throw new InvalidDataException($"a range of more than {LongestRange} numbers is not supported");
        var numbers = new List<object?>();
        for (long number = from; step > 0 ? number < to : number > to; number = checked(number + step))
            numbers.Add(number);
        return numbers;
    }
}
