using System.Globalization;

namespace Crease.Lab;

/// <summary>Values and what follows them: members, calls, filters, tests, lists and tables.</summary>
internal sealed partial class TemplateExpressions
{
    private string _called = "";

    // A sign binds closer than filters and tests do.
    private Func<TemplateRun, object?> Sided(bool isFiltered = true) => Deeper(() =>
    {
        if (!TakeSign("-"))
            return Behind(Simple(), isFiltered);
        Func<TemplateRun, object?> value = Sided(isFiltered: false);
        return Behind(run => TemplateNumber.Negative(value(run)), isFiltered);
    });

    // Members, calls, filters and tests that follow a value.
    private Func<TemplateRun, object?> Behind(Func<TemplateRun, object?> value, bool isFiltered)
    {
        while (true)
        {
            Func<TemplateRun, object?> before = value;
            Link();
            if (TakeSign("."))
            {
                string name = Next.Kind == TemplateTokenKind.Name ? tokens[At++].Text : throw Unexpected("a name");
                if (IsSign("("))
                {
                    Func<TemplateRun, TemplateArguments> arguments = Arguments(name);
                    value = run => run.Counted(TemplateMethods.Call(run, name, before(run), arguments(run)));
                }
                else
                {
                    value = run => run.Counted(TemplateValue.Member(run, before(run), name));
                }
            }
            else if (TakeSign("["))
            {
                value = Subscript(before);
            }
            else if (isFiltered && TakeSign("|"))
            {
                string name = Name();
                Func<TemplateRun, TemplateArguments> arguments = IsSign("(") ? Arguments(name) : _ => new TemplateArguments(name, [], []);
                value = run => run.Counted(TemplateFilters.Of(run, name, before(run), arguments(run)));
            }
            else if (isFiltered && TakeName("is"))
            {
                bool isNot = TakeName("not");
                value = Test(before, isNot);
            }
            else if (IsSign("("))
            {
                string called = _called;
                Func<TemplateRun, TemplateArguments> arguments = Arguments(called);
                value = run => run.Counted(before(run) switch
                {
                    TemplateMacro macro => macro.Call(run, arguments(run)),
                    TemplateFunction function => function.Call(run, arguments(run)),
                    var other => throw new InvalidDataException(TemplateValue.IsDefined(other) ? $"calling {TemplateValue.Kind(other)} is not supported" : $"the function '{Vocabulary.Shown(called)}' is not supported"),
                });
            }
            else
            {
                return value;
            }
        }
    }

    // An argument may stand without brackets.
    private Func<TemplateRun, object?> Test(Func<TemplateRun, object?> value, bool isNot)
    {
        string name = Next.Kind == TemplateTokenKind.Name ? tokens[At++].Text : throw Unexpected("a test");
        Func<TemplateRun, TemplateArguments> arguments = _ => new TemplateArguments(name, [], []);
        if (IsSign("("))
        {
            arguments = Arguments(name);
        }
        else if (Next.Kind is TemplateTokenKind.String or TemplateTokenKind.Number || IsSign("[") || (Next.Kind == TemplateTokenKind.Name && !Keywords.Contains(Next.Text)))
        {
            Func<TemplateRun, object?> other = Simple();
            arguments = run => new TemplateArguments(name, [other(run)], []);
        }
        return run => run.Counted(TemplateTest.Holds(run, name, value(run), arguments(run)) != isNot);
    }

    private Func<TemplateRun, object?> Subscript(Func<TemplateRun, object?> value)
    {
        Func<TemplateRun, object?>? Part() => IsSign(":") || IsSign("]") ? null : Read();
        Func<TemplateRun, object?>? first = Part();
        if (first is not null && TakeSign("]"))
            return run => run.Counted(TemplateValue.Member(run, value(run), first(run)));
        Expect(":");
        Func<TemplateRun, object?>? last = Part();
        Func<TemplateRun, object?>? step = TakeSign(":") ? Part() : null;
        Expect("]");
        return run => run.Counted(TemplateSlice.Of(run, value(run), first?.Invoke(run), last?.Invoke(run), step?.Invoke(run)));
    }

    private Func<TemplateRun, object?> Simple()
    {
        TemplateToken token = Next;
        if (token.Kind == TemplateTokenKind.String)
        {
            At++;
            var parts = new List<string> { token.Text };
            while (Next.Kind == TemplateTokenKind.String)
                parts.Add(tokens[At++].Text);
            string text = string.Concat(parts);
            return run => run.Counted(text);
        }
        if (token.Kind == TemplateTokenKind.Number)
        {
            At++;
            object number = token.Text.All(char.IsAsciiDigit)
                ? (object)long.Parse(token.Text, CultureInfo.InvariantCulture)
                : TemplateNumber.Finite(double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture));
            return _ => number;
        }
        if (TakeSign("("))
        {
            return Bracketed();
        }
        if (TakeSign("["))
        {
            List<Func<TemplateRun, object?>> items = Listed("]");
            return run => run.Counted(items.ConvertAll(item => item(run)));
        }
        if (TakeSign("{"))
        {
            return Table();
        }
        string name = Name();
        switch (name)
        {
            case "true" or "True":
                return _ => true;
            case "false" or "False":
                return _ => false;
            case "none" or "None":
                return _ => null;
        }
        _called = name;
        return run => run.Counted(run.Find(name));
    }

    // One value, or a list of several.
    private Func<TemplateRun, object?> Bracketed()
    {
        if (TakeSign(")"))
            return run => run.Counted(new List<object?>());
        Func<TemplateRun, object?> inner = Read();
        if (!IsSign(","))
        {
            Expect(")");
            return inner;
        }
        At++;
        List<Func<TemplateRun, object?>> items = [inner, .. Listed(")")];
        return run => run.Counted(items.ConvertAll(item => item(run)));
    }

    private Func<TemplateRun, object?> Table()
    {
        var entries = new List<(Func<TemplateRun, object?> Key, Func<TemplateRun, object?> Value)>();
        while (!TakeSign("}"))
        {
            if (entries.Count > 0)
                Expect(",");
            Func<TemplateRun, object?> key = Read();
            Expect(":");
            entries.Add((key, Read()));
        }
        return run =>
        {
            var table = new Dictionary<string, object?>();
            foreach ((Func<TemplateRun, object?> key, Func<TemplateRun, object?> value) in entries)
                table[key(run) as string ?? throw new InvalidDataException("a table whose keys are no texts is not supported")] = value(run);
            return run.Counted(table);
        };
    }

    private List<Func<TemplateRun, object?>> Listed(string close)
    {
        var items = new List<Func<TemplateRun, object?>>();
        Each(close, () => items.Add(Read()));
        return items;
    }

    /// <summary>Reads what stands between commas up to a sign; a comma may stand before that.</summary>
    public void Each(string close, Action read)
    {
        for (bool isFirst = true; !TakeSign(close); isFirst = false)
        {
            if (!isFirst)
                Expect(",");
            if (TakeSign(close))
                return;
            read();
        }
    }

    /// <summary>The arguments of a call, in brackets.</summary>
    public Func<TemplateRun, TemplateArguments> Arguments(string of)
    {
        Expect("(");
        var placed = new List<Func<TemplateRun, object?>>();
        var named = new Dictionary<string, Func<TemplateRun, object?>>();
        Each(")", () =>
        {
            if (Next.Kind == TemplateTokenKind.Name && tokens[At + 1] is { Kind: TemplateTokenKind.Sign, Text: "=" })
            {
                string name = Name();
                Expect("=");
                if (!named.TryAdd(name, Read()))
                    throw new InvalidDataException($"names the argument '{Vocabulary.Shown(name)}' twice");
            }
            else
            {
                placed.Add(Read());
            }
        });
        return run => new TemplateArguments(of, placed.ConvertAll(argument => argument(run)), named.ToDictionary(argument => argument.Key, argument => argument.Value(run)));
    }
}
