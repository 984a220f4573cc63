namespace Crease.Lab;

/// <summary>Reads expressions of a template into functions of a run.</summary>
internal sealed partial class TemplateExpressions(List<TemplateToken> tokens)
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
            return Roomy(value);
        Func<TemplateRun, object?> condition = Or();
        Func<TemplateRun, object?> otherwise = TakeName("else") ? Read() : _ => TemplateValue.Undefined;
        return Roomy(run => TemplateValue.IsTrue(condition(run)) ? value(run) : otherwise(run));
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
                "==" => run => TemplateValue.AreEqual(run, left(run), right(run)),
                "!=" => run => !TemplateValue.AreEqual(run, left(run), right(run)),
                "<" => run => TemplateValue.Compare(run, left(run), right(run)) < 0,
                ">" => run => TemplateValue.Compare(run, left(run), right(run)) > 0,
                "<=" => run => TemplateValue.Compare(run, left(run), right(run)) <= 0,
                _ => run => TemplateValue.Compare(run, left(run), right(run)) >= 0,
            };
        }
        bool isNot = IsName("not") && tokens[At + 1] is { Kind: TemplateTokenKind.Name, Text: "in" };
        if (isNot)
            At++;
        if (!TakeName("in"))
            return left;
        Func<TemplateRun, object?> whole = Sum();
        return run => TemplateValue.Holds(run, whole(run), left(run)) != isNot;
    }

    private Func<TemplateRun, object?> Sum()
    {
        Func<TemplateRun, object?> left = Joined();
        while (IsSign("+") || IsSign("-"))
        {
            bool isSum = tokens[At++].Text == "+";
            Func<TemplateRun, object?> first = left, second = Joined();
            Link();
            left = isSum ? run => run.Counted(TemplateValue.Sum(first(run), second(run))) : run => run.Counted(TemplateNumber.Of("-", first(run), second(run)));
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
        while (Next is { Kind: TemplateTokenKind.Sign, Text: "*" or "%" or "/" or "//" })
        {
            string sign = tokens[At++].Text;
            Func<TemplateRun, object?> first = left, second = Sided();
            Link();
            left = run => run.Counted(TemplateNumber.Of(sign, first(run), second(run)));
        }
        return left;
    }

    // A macro's call runs what was read elsewhere, deep in what is read here.
    private static Func<TemplateRun, object?> Roomy(Func<TemplateRun, object?> value) => run =>
    {
        TemplateRun.EnsureStack();
        return value(run);
    };

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
