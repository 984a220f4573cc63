namespace Crease.Lab;

/// <summary>Reads expressions of a template into functions of a run.</summary>
internal sealed class TemplateExpressions(List<TemplateToken> tokens)
{
    private const int Deepest = 100, LongestChain = 500;

    private static readonly HashSet<string> Keywords = ["and", "or", "not", "in", "is", "if", "else"];

    private int _depth, _links;

    /// <summary>Index of the next token.</summary>
    public int At { get; set; }

    public TemplateToken Next => tokens[At];

    /// <summary>Starts a tag: chains are counted in each.</summary>
    public void Begin() => _links = 0;

    public bool IsSign(string sign) => Next is { Kind: TemplateTokenKind.Sign } token && token.Text == sign;

    public bool IsName(string name) => Next is { Kind: TemplateTokenKind.Name } token && token.Text == name;

    public bool TakeSign(string sign) => Take(IsSign(sign));

    public bool TakeName(string name) => Take(IsName(name));

    public void Expect(string sign)
    {
        if (!TakeSign(sign))
            throw Unexpected($"'{sign}'");
    }

    public string Name() => Next.Kind == TemplateTokenKind.Name && !Keywords.Contains(Next.Text) ? tokens[At++].Text : throw Unexpected("a name");

    public InvalidDataException Unexpected(string expected) => new($"has {(Next.Kind is TemplateTokenKind.Close or TemplateTokenKind.End or TemplateTokenKind.Text ? "the end of a tag" : $"'{Vocabulary.Shown(Next.Text)}'")} where {expected} is expected");

    /// <summary>An expression, with what may be chosen by a condition.</summary>
    public Func<TemplateRun, object?> Read() => Deeper(() =>
    {
        Func<TemplateRun, object?> value = Or();
        if (!TakeName("if"))
            return value;
        Func<TemplateRun, object?> condition = Or();
        Func<TemplateRun, object?> otherwise = TakeName("else") ? Read() : _ => TemplateValue.Undefined;
        return run => TemplateValue.IsTrue(condition(run)) ? value(run) : otherwise(run);
    });

    /// <summary>An expression without a condition behind it, which a loop may have.</summary>
    public Func<TemplateRun, object?> Or()
    {
        Func<TemplateRun, object?> left = And();
        while (TakeName("or"))
        {
            Func<TemplateRun, object?> first = left, second = And();
            Link();
            left = run => first(run) is var value && TemplateValue.IsTrue(value) ? value : second(run);
        }
        return left;
    }

    private Func<TemplateRun, object?> And()
    {
        Func<TemplateRun, object?> left = Not();
        while (TakeName("and"))
        {
            Func<TemplateRun, object?> first = left, second = Not();
            Link();
            left = run => first(run) is var value && !TemplateValue.IsTrue(value) ? value : second(run);
        }
        return left;
    }

    private Func<TemplateRun, object?> Not() => Deeper(() =>
    {
        if (!TakeName("not"))
            return Comparison();
        Func<TemplateRun, object?> value = Not();
        return run => !TemplateValue.IsTrue(value(run));
    });

    private Func<TemplateRun, object?> Comparison()
    {
        Func<TemplateRun, object?> left = Sum();
        if (Next is { Kind: TemplateTokenKind.Sign, Text: "==" or "!=" or "<" or ">" or "<=" or ">=" })
        {
            string sign = tokens[At++].Text;
            Func<TemplateRun, object?> right = Sum();
            return sign switch
            {
                "==" => run => TemplateValue.AreEqual(left(run), right(run)),
                "!=" => run => !TemplateValue.AreEqual(left(run), right(run)),
                "<" => run => TemplateValue.Compare(left(run), right(run)) < 0,
                ">" => run => TemplateValue.Compare(left(run), right(run)) > 0,
                "<=" => run => TemplateValue.Compare(left(run), right(run)) <= 0,
                _ => run => TemplateValue.Compare(left(run), right(run)) >= 0,
            };
        }
        bool isNot = IsName("not") && tokens[At + 1] is { Kind: TemplateTokenKind.Name, Text: "in" };
        if (isNot)
            At++;
        if (!TakeName("in"))
            return left;
        Func<TemplateRun, object?> whole = Sum();
        return run => TemplateValue.Holds(whole(run), left(run)) != isNot;
    }

    private Func<TemplateRun, object?> Sum()
    {
        Func<TemplateRun, object?> left = Joined();
        while (IsSign("+") || IsSign("-"))
        {
            bool isSum = tokens[At++].Text == "+";
            Func<TemplateRun, object?> first = left, second = Joined();
            Link();
            left = isSum ? run => run.Counted(TemplateValue.Sum(first(run), second(run))) : run => run.Counted(checked(TemplateValue.Whole(first(run)) - TemplateValue.Whole(second(run))));
        }
        return left;
    }

    private Func<TemplateRun, object?> Joined()
    {
        Func<TemplateRun, object?> left = Product();
        while (TakeSign("~"))
        {
            Func<TemplateRun, object?> first = left, second = Product();
            Link();
            left = run => run.Counted(TemplateValue.Joined(TemplateValue.Text(first(run)), TemplateValue.Text(second(run))));
        }
        return left;
    }

    private Func<TemplateRun, object?> Product()
    {
        Func<TemplateRun, object?> left = Sided();
        while (IsSign("*") || IsSign("%") || IsSign("//"))
        {
            string sign = tokens[At++].Text;
            Func<TemplateRun, object?> first = left, second = Sided();
            Link();
            left = run =>
            {
                (long a, long b) = (TemplateValue.Whole(first(run)), TemplateValue.Whole(second(run)));
                if (sign == "*")
                    return run.Counted(checked(a * b));
                if (b <= 0)
                    throw new InvalidDataException($"dividing by {b} is not supported");
                long rest = (a % b + b) % b;
                return run.Counted(sign == "%" ? rest : (a - rest) / b);
            };
        }
        return left;
    }

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

    private bool Take(bool isThere)
    {
        if (isThere)
            At++;
        return isThere;
    }

    // Each link is a call within a call when the expression runs.
    private void Link()
    {
        if (++_links > LongestChain)
            throw new InvalidDataException($"has a tag of more than {LongestChain} operations");
    }

    private T Deeper<T>(Func<T> read)
    {
        if (++_depth > Deepest)
            throw new InvalidDataException($"nests deeper than {Deepest} expressions");
        T value = read();
        _depth--;
        return value;
    }
}
