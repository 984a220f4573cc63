namespace Crease.Lab;

/// <summary>Values and what follows them: members, calls, filters, tests, lists and tables.</summary>
internal sealed partial class TemplateExpressions
{
    private Func<TemplateRun, object?> Sided() => Deeper(() =>
    {
        if (!TakeSign("-"))
            return Behind(Simple());
        Func<TemplateRun, object?> value = Sided();
        return run => -TemplateValue.Whole(value(run));
    });

    // Members, calls, filters and tests that follow a value.
    private Func<TemplateRun, object?> Behind(Func<TemplateRun, object?> value)
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
                    List<Func<TemplateRun, object?>> arguments = Placed(name);
                    value = run => run.Counted(TemplateFunctions.Method(name, before(run), arguments.ConvertAll(argument => argument(run))));
                }
                else
                {
                    value = run => run.Counted(TemplateValue.Member(before(run), name));
                }
            }
            else if (TakeSign("["))
            {
                value = Subscript(before);
            }
            else if (TakeSign("|"))
            {
                string name = Name();
                List<Func<TemplateRun, object?>> arguments = IsSign("(") ? Placed(name) : [];
                value = run => run.Counted(TemplateFunctions.Filter(name, before(run), arguments.ConvertAll(argument => argument(run))));
            }
            else if (TakeName("is"))
            {
                bool isNot = TakeName("not");
                string name = Next.Kind == TemplateTokenKind.Name ? tokens[At++].Text : throw Unexpected("a test");
                value = run => run.Counted(TemplateFunctions.Test(name, before(run)) != isNot);
            }
            else
            {
                return value;
            }
        }
    }

    private Func<TemplateRun, object?> Subscript(Func<TemplateRun, object?> value)
    {
        Func<TemplateRun, object?>? Part() => IsSign(":") || IsSign("]") ? null : Read();
        Func<TemplateRun, object?>? first = Part();
        if (first is not null && TakeSign("]"))
            return run => run.Counted(TemplateValue.Member(value(run), first(run)));
        Expect(":");
        Func<TemplateRun, object?>? last = Part();
        Func<TemplateRun, object?>? step = TakeSign(":") ? Part() : null;
        Expect("]");
        return run => run.Counted(TemplateValue.Slice(value(run), first?.Invoke(run), last?.Invoke(run), step?.Invoke(run)));
    }

    private Func<TemplateRun, object?> Simple()
    {
        TemplateToken token = Next;
        if (token.Kind == TemplateTokenKind.String)
        {
            At++;
            return run => run.Counted(token.Text);
        }
        if (token.Kind == TemplateTokenKind.Number)
        {
            At++;
            long number = long.Parse(token.Text, System.Globalization.CultureInfo.InvariantCulture);
            return _ => number;
        }
        if (TakeSign("("))
        {
            Func<TemplateRun, object?> inner = Read();
            Expect(")");
            return inner;
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
        if (!IsSign("("))
            return run => run.Counted(run.Find(name));
        (List<Func<TemplateRun, object?>> placed, List<(string Name, Func<TemplateRun, object?> Value)> named) = Arguments();
        return run => run.Counted(TemplateFunctions.Call(name, placed.ConvertAll(argument => argument(run)), named.ToDictionary(argument => argument.Name, argument => argument.Value(run))));
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

    // Filters and methods take their arguments by place; one by name is refused where it would be used, which may be never.
    private List<Func<TemplateRun, object?>> Placed(string name)
    {
        (List<Func<TemplateRun, object?>> placed, List<(string Name, Func<TemplateRun, object?> Value)> named) = Arguments();
        if (named.Count > 0)
            placed.Add(_ => throw new InvalidDataException($"the argument '{Vocabulary.Shown(named[0].Name)}' of '{Vocabulary.Shown(name)}' is not supported"));
        return placed;
    }

    private List<Func<TemplateRun, object?>> Listed(string close)
    {
        var items = new List<Func<TemplateRun, object?>>();
        while (!TakeSign(close))
        {
            if (items.Count > 0)
                Expect(",");
            if (TakeSign(close))
                break;
            items.Add(Read());
        }
        return items;
    }

    private (List<Func<TemplateRun, object?>> Placed, List<(string Name, Func<TemplateRun, object?> Value)> Named) Arguments()
    {
        Expect("(");
        var placed = new List<Func<TemplateRun, object?>>();
        var named = new List<(string, Func<TemplateRun, object?>)>();
        while (!TakeSign(")"))
        {
            if (placed.Count + named.Count > 0)
                Expect(",");
            if (Next.Kind == TemplateTokenKind.Name && tokens[At + 1] is { Kind: TemplateTokenKind.Sign, Text: "=" })
            {
                string name = Name();
                Expect("=");
                if (named.Exists(argument => argument.Item1 == name))
                    throw new InvalidDataException($"names the argument '{Vocabulary.Shown(name)}' twice");
                named.Add((name, Read()));
            }
            else
            {
                placed.Add(Read());
            }
        }
        return (placed, named);
    }
}
