namespace Crease.Lab;

/// <summary>Macros, and calls that hand one a part of the template.</summary>
internal sealed partial class TemplateBlocks
{
    private Action<TemplateRun> Macro()
    {
        string name = _expressions.Name();
        (string, Func<TemplateRun, object?>?)[] parameters = Parameters();
        Close();
        Action<TemplateRun> body = Apart("endmacro");
        return run => run.Set(name, new TemplateMacro(parameters, body, run.Scopes()));
    }

    private Action<TemplateRun> Call()
    {
        (string, Func<TemplateRun, object?>?)[] parameters = _expressions.IsSign("(") ? Parameters() : [];
        string name = _expressions.Name();
        Func<TemplateRun, TemplateArguments> arguments = _expressions.Arguments(name);
        Close();
        Action<TemplateRun> body = Apart("endcall");
        return run =>
        {
            TemplateMacro called = run.Find(name) as TemplateMacro ?? throw new InvalidDataException($"calls '{Vocabulary.Shown(name)}', which is no macro");
            run.Write(called.Call(run, arguments(run).With(TemplateMacro.Caller, new TemplateMacro(parameters, body, run.Scopes()))));
        };
    }

    // A macro is no part of the loop that it stands in.
    private Action<TemplateRun> Apart(string end)
    {
        (int loops, _loops) = (_loops, 0);
        Action<TemplateRun> body = Whole(end);
        _loops = loops;
        return body;
    }

    private (string, Func<TemplateRun, object?>?)[] Parameters()
    {
        _expressions.Expect("(");
        var parameters = new List<(string Name, Func<TemplateRun, object?>?)>();
        _expressions.Each(")", () =>
        {
            string name = _expressions.Name();
            if (parameters.Exists(parameter => parameter.Name == name))
                throw new InvalidDataException($"names the argument '{Vocabulary.Shown(name)}' twice");
            parameters.Add((name, _expressions.TakeSign("=") ? _expressions.Read() : null));
        });
        return [.. parameters];
    }
}
