namespace Crease.Lab;

/// <summary>Reads the statements of a template: for, if, set, macro, call, break, continue, generation; there are no others.</summary>
internal sealed partial class TemplateBlocks
{
    private const int Deepest = 50;

    private readonly List<TemplateToken> _tokens;
    private readonly TemplateExpressions _expressions;
    private int _depth, _loops;

    private TemplateBlocks(List<TemplateToken> tokens) => (_tokens, _expressions) = (tokens, new TemplateExpressions(tokens));

    /// <summary>Reads a template.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has something that is not supported.</exception>
    public static Action<TemplateRun> Read(string template)
    {
        var blocks = new TemplateBlocks(TemplateTokens.Of(template));
        Action<TemplateRun> body = blocks.Body([], out _);
        return body;
    }

    // All up to a statement of one of some names, or to the end; the statement's name is taken, the rest of its tag is not.
    private Action<TemplateRun> Body(string[] ends, out string end)
    {
        if (++_depth > Deepest)
            throw new InvalidDataException($"nests deeper than {Deepest} statements");
        var parts = new List<Action<TemplateRun>>();
        end = "";
        while (true)
        {
            TemplateToken token = _tokens[_expressions.At++];
            _expressions.Begin();
            if (token.Kind == TemplateTokenKind.End)
            {
                if (ends.Length > 0)
                    throw new InvalidDataException($"ends where {string.Join(" or ", ends)} is expected");
                break;
            }
            if (token.Kind == TemplateTokenKind.Text)
            {
                parts.Add(run => run.Write(token.Text));
                continue;
            }
            if (token.Kind == TemplateTokenKind.OpenValue)
            {
                Func<TemplateRun, object?> value = _expressions.Read();
                Close();
                parts.Add(run => run.Write(value(run)));
                continue;
            }
            string name = _expressions.Next.Kind == TemplateTokenKind.Name ? _tokens[_expressions.At++].Text : throw _expressions.Unexpected("a statement");
            if (ends.Contains(name))
            {
                end = name;
                break;
            }
            parts.Add(Statement(name));
        }
        _depth--;
        Action<TemplateRun>[] all = [.. parts];
        return run =>
        {
            TemplateRun.EnsureStack();
            foreach (Action<TemplateRun> part in all)
            {
                part(run);
                if (run.Leave != TemplateLeave.No)
                    return;
            }
        };
    }

    private Action<TemplateRun> Statement(string name)
    {
        switch (name)
        {
            case "if":
                return If();
            case "for":
                return For();
            case "set":
                return Set();
            case "macro":
                return Macro();
            case "call":
                return Call();
            case "break" or "continue" when _loops > 0:
                Close();
                TemplateLeave leave = name == "break" ? TemplateLeave.Break : TemplateLeave.Continue;
                return run => run.Leave = leave;
            // Marks what a model writes, for training.
            case "generation":
                Close();
                return Whole("endgeneration");
            default:
                throw new InvalidDataException($"the statement '{Vocabulary.Shown(name)}' is not supported; for, if, set, macro and call are");
        }
    }

    private Action<TemplateRun> If()
    {
        var branches = new List<(Func<TemplateRun, object?>? When, Action<TemplateRun> Then)>();
        string end = "if";
        while (end is "if" or "elif")
        {
            Func<TemplateRun, object?> condition = _expressions.Read();
            Close();
            branches.Add((condition, Body(["elif", "else", "endif"], out end)));
        }
        if (end == "else")
        {
            Close();
            branches.Add((null, Body(["endif"], out _)));
        }
        Close();
        return run =>
        {
            run.Counted(null);
            foreach ((Func<TemplateRun, object?>? when, Action<TemplateRun> then) in branches)
            {
                if (when is null || TemplateValue.IsTrue(when(run)))
                {
                    then(run);
                    return;
                }
            }
        };
    }

    private Action<TemplateRun> Set()
    {
        string name = _expressions.Name();
        string? member = _expressions.TakeSign(".") ? _expressions.Name() : null;
        if (member is null && _tokens[_expressions.At].Kind == TemplateTokenKind.Close)
        {
            Close();
            Action<TemplateRun> written = Whole("endset");
            return run => run.Set(name, run.Counted(run.Captured(written)));
        }
        string? second = member is null && _expressions.TakeSign(",") ? _expressions.Name() : null;
        _expressions.Expect("=");
        Func<TemplateRun, object?> value = _expressions.Read();
        Close();
        if (member is null)
            return run => Bind(run, name, second, value(run));
        return run =>
        {
            if (run.Find(name) is not Dictionary<string, object?> table)
                throw new InvalidDataException($"sets a member of '{Vocabulary.Shown(name)}', which is {TemplateValue.Kind(run.Find(name))}");
            table[member] = value(run);
        };
    }

    // All up to a statement, with its tag.
    private Action<TemplateRun> Whole(string end)
    {
        Action<TemplateRun> body = Body([end], out _);
        Close();
        return body;
    }

    private void Close()
    {
        if (_tokens[_expressions.At].Kind != TemplateTokenKind.Close)
            throw _expressions.Unexpected("the end of a tag");
        _expressions.At++;
    }

    private static void Bind(TemplateRun run, string first, string? second, object? item)
    {
        if (second is null)
        {
            run.Set(first, item);
            return;
        }
        if (item is not List<object?> { Count: 2 } pair)
            throw new InvalidDataException($"takes {TemplateValue.Kind(item)} for a pair");
        run.Set(first, pair[0]);
        run.Set(second, pair[1]);
    }
}
