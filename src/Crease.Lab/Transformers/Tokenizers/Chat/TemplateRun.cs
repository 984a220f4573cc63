using System.Text;

namespace Crease.Lab;

/// <summary>One rendering of a template: its names, its output, and what it may still spend.</summary>
internal sealed class TemplateRun
{
    /// <summary>Evaluations that a rendering may take.</summary>
    public const int MostSteps = 1_000_000;

    /// <summary>Characters that texts of a rendering may have together.</summary>
    public const long MostCharacters = 1L << 26;

    private readonly List<Dictionary<string, object?>> _scopes;
    private int _steps;
    private long _characters;

    public TemplateRun(Dictionary<string, object?> names) => _scopes = [names];

    public StringBuilder Output { get; } = new();

    /// <summary>Counts an evaluation and the text that it made.</summary>
    /// <exception cref="InvalidDataException">There were too many.</exception>
    public object? Counted(object? value)
    {
        _characters += value switch { string text => text.Length, List<object?> list => list.Count, _ => 0 };
        if (++_steps > MostSteps || _characters > MostCharacters)
            throw new InvalidDataException($"takes more than {MostSteps} steps or {MostCharacters} characters");
        return value;
    }

    public void Write(object? value)
    {
        Counted(value);
        Output.Append(TemplateValue.Text(value));
    }

    public object? Find(string name)
    {
        for (int scope = _scopes.Count - 1; scope >= 0; scope--)
        {
            if (_scopes[scope].TryGetValue(name, out object? value))
                return value;
        }
        return TemplateValue.Undefined;
    }

    public void Set(string name, object? value) => _scopes[^1][name] = value;

    public void Open() => _scopes.Add([]);

    public void Close() => _scopes.RemoveAt(_scopes.Count - 1);
}
