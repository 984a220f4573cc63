namespace Crease.Lab;

/// <summary>A part of a template that is called by name.</summary>
/// <param name="parameters">Names of its arguments, each with what it is where the call leaves it out.</param>
/// <param name="body">What it writes.</param>
/// <param name="scopes">The names of its place.</param>
internal sealed class TemplateMacro((string Name, Func<TemplateRun, object?>? Absent)[] parameters, Action<TemplateRun> body, Dictionary<string, object?>[] scopes)
{
    /// <summary>The name by which a macro calls what a call statement holds.</summary>
    public const string Caller = "caller";

    /// <summary>Runs it.</summary>
    /// <returns>What it wrote.</returns>
    public string Call(TemplateRun run, TemplateArguments arguments) => run.Called(
        scopes,
        () =>
        {
            foreach ((string parameter, Func<TemplateRun, object?>? absent) in parameters)
                run.Set(parameter, arguments.Next(parameter, out object? value) ? value : absent?.Invoke(run) ?? TemplateValue.Undefined);
            if (arguments.Named(Caller, out object? caller))
                run.Set(Caller, caller);
            arguments.End();
        },
        body);
}
