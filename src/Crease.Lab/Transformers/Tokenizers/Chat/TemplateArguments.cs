namespace Crease.Lab;

/// <summary>The arguments of one call, taken one after another by place or by name.</summary>
/// <param name="of">Name of what is called.</param>
/// <param name="placed">Those by place.</param>
/// <param name="named">Those by name.</param>
internal sealed class TemplateArguments(string of, List<object?> placed, Dictionary<string, object?> named)
{
    private int _next;

    /// <summary>Arguments that are left.</summary>
    public int Count => placed.Count - _next + named.Count;

    /// <summary>Takes the next by place, or the one of a name.</summary>
    /// <returns>Whether it is there.</returns>
    public bool Next(string name, out object? value)
    {
        if (_next >= placed.Count)
            return Named(name, out value);
        value = placed[_next++];
        return true;
    }

    /// <summary>Takes the next by place, or the one of a name, or what stands for it.</summary>
    public object? Next(string name, object? absent) => Next(name, out object? value) ? value : absent;

    /// <summary>The same where there must be one.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public object? Needed(string name) => Next(name, out object? value) ? value : throw new InvalidDataException($"'{Vocabulary.Shown(of)}' without its argument '{name}' is not supported");

    /// <summary>Takes the one of a name.</summary>
    public bool Named(string name, out object? value) => named.Remove(name, out value);

    /// <summary>Takes all that are left, by name.</summary>
    public Dictionary<string, object?> Rest()
    {
        var rest = new Dictionary<string, object?>(named);
        named.Clear();
        return rest;
    }

    /// <summary>The same with one more by name.</summary>
    public TemplateArguments With(string name, object? value) => named.TryAdd(name, value) ? this : throw new InvalidDataException($"names the argument '{name}' twice");

    /// <exception cref="InvalidDataException">An argument is left.</exception>
    public void End()
    {
        if (Count > 0)
            throw new InvalidDataException(_next < placed.Count ? $"'{Vocabulary.Shown(of)}' of so many arguments is not supported" : $"the argument '{Vocabulary.Shown(named.Keys.First())}' of '{Vocabulary.Shown(of)}' is not supported");
    }
}
