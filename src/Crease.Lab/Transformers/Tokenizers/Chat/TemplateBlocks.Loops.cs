namespace Crease.Lab;

/// <summary>Loops.</summary>
internal sealed partial class TemplateBlocks
{
    private Action<TemplateRun> For()
    {
        string first = _expressions.Name();
        string? second = _expressions.TakeSign(",") ? _expressions.Name() : null;
        if (!_expressions.TakeName("in"))
            throw _expressions.Unexpected("'in'");
        Func<TemplateRun, object?> whole = _expressions.Or();
        Func<TemplateRun, object?>? filter = _expressions.TakeName("if") ? _expressions.Read() : null;
        Close();
        _loops++;
        Action<TemplateRun> body = Body(["else", "endfor"], out string end);
        _loops--;
        Action<TemplateRun>? otherwise = null;
        if (end == "else")
        {
            Close();
            otherwise = Body(["endfor"], out _);
        }
        Close();
        return run =>
        {
            List<object?> items = TemplateValue.Items(run, whole(run));
            if (filter is not null)
                items = items.FindAll(item => Inside(run, () => { Bind(run, first, second, item); return TemplateValue.IsTrue(filter(run)); }));
            for (int i = 0; i < items.Count && run.Leave != TemplateLeave.Break; i++)
            {
                run.Leave = TemplateLeave.No;
                Inside(run, () =>
                {
                    Bind(run, first, second, items[i]);
                    run.Set("loop", Loop(items, i));
                    body(run);
                    return true;
                });
            }
            run.Leave = TemplateLeave.No;
            if (items.Count == 0)
                otherwise?.Invoke(run);
        };
    }

    // Names that a loop sets are gone behind it.
    private static bool Inside(TemplateRun run, Func<bool> body)
    {
        run.Counted(null);
        run.Open();
        bool result = body();
        run.Close();
        return result;
    }

    private static Dictionary<string, object?> Loop(List<object?> items, int i) => new()
    {
        ["index"] = i + 1L,
        ["index0"] = (long)i,
        ["revindex"] = (long)items.Count - i,
        ["revindex0"] = items.Count - i - 1L,
        ["first"] = i == 0,
        ["last"] = i == items.Count - 1,
        ["length"] = (long)items.Count,
        ["previtem"] = i > 0 ? items[i - 1] : TemplateValue.Undefined,
        ["nextitem"] = i + 1 < items.Count ? items[i + 1] : TemplateValue.Undefined,
    };
}
