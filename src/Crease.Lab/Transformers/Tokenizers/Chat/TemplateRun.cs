using System.Runtime.CompilerServices;
using System.Text;

namespace Crease.Lab;

/// <summary>One rendering of a template: its names, its output, its date, and what it may still spend.</summary>
internal sealed class TemplateRun(Dictionary<string, object?> names, DateOnly date)
{
    /// <summary>Evaluations that a rendering may take.</summary>
    public const int MostSteps = 1_000_000;

    /// <summary>Characters that texts of a rendering may have together.</summary>
    public const long MostCharacters = 1L << 26;

    /// <summary>Characters and entries that a rendering may look at.</summary>
    private const long MostLooks = 1L << 28;

    private const int DeepestCalls = 50;

    private List<Dictionary<string, object?>> _scopes = [names];
    private StringBuilder _output = new();
    private int _steps, _calls;
    private long _characters, _looks;

    /// <summary>The day that the template is told.</summary>
    public DateOnly Date { get; } = date;

    /// <summary>Whether a break or continue is on its way to its loop.</summary>
    public TemplateLeave Leave { get; set; }

    /// <summary>What has been written.</summary>
    public string Output => _output.ToString();

    /// <summary>Counts an evaluation and the text that it made.</summary>
    /// <exception cref="InvalidDataException">There were too many.</exception>
    public object? Counted(object? value)
    {
        _characters += value switch { string text => text.Length, List<object?> list => list.Count, _ => 0 };
        if (++_steps > MostSteps || _characters > MostCharacters)
            throw TooMuch();
        return value;
    }

    /// <summary>Counts what is looked through, where nothing as long need come of it.</summary>
    /// <exception cref="InvalidDataException">It was too much.</exception>
    public void Look(long size)
    {
        _looks += Math.Min(size, MostLooks + 1);
        if (_looks > MostLooks)
            throw TooMuch();
    }

    public void Write(object? value)
    {
        Counted(value);
        _output.Append(TemplateValue.Text(value));
    }

    /// <summary>What a part of the template writes, in place of writing it.</summary>
    public string Captured(Action<TemplateRun> body)
    {
        StringBuilder outer = _output;
        _output = new StringBuilder();
        body(this);
        string text = _output.ToString();
        _output = outer;
        return text;
    }

    /// <summary>Runs the body of a macro among the names of its place, with its own before them.</summary>
    public string Called(IEnumerable<Dictionary<string, object?>> scopes, Action bind, Action<TemplateRun> body)
    {
        Counted(null);
        if (++_calls > DeepestCalls)
            throw new InvalidDataException($"nests deeper than {DeepestCalls} calls of macros");
        EnsureStack();
        List<Dictionary<string, object?>> outer = _scopes;
        _scopes = [.. scopes, []];
        bind();
        string text = Captured(body);
        _scopes = outer;
        _calls--;
        return text;
    }

    /// <summary>Refuses to go deeper where the thread has little room left.</summary>
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new InvalidDataException("nests deeper than there is room for");
    }

    public object? Find(string name)
    {
        for (int scope = _scopes.Count - 1; scope >= 0; scope--)
        {
            if (_scopes[scope].TryGetValue(name, out object? value))
                return value;
        }
        return TemplateFunction.Find(name) ?? TemplateValue.Undefined;
    }

    public void Set(string name, object? value) => _scopes[^1][name] = value;

    public void Open() => _scopes.Add([]);

    public void Close() => _scopes.RemoveAt(_scopes.Count - 1);

    /// <summary>The names of this place, for a macro that is defined here.</summary>
    public Dictionary<string, object?>[] Scopes() => [.. _scopes];

    private static InvalidDataException TooMuch() => new($"takes more than {MostSteps} steps or {MostCharacters} characters");
}
