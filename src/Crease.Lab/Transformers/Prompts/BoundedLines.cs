using System.Text;

namespace Crease.Lab;

/// <summary>Lines of a text that is not to be trusted: one without an end does not fill memory.</summary>
internal sealed class BoundedLines(TextReader text)
{
    private readonly StringBuilder _line = new();

    /// <summary>Number of lines read.</summary>
    public long Count { get; private set; }

    /// <summary>The next line without its ending, or null at the end.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public string? Next()
    {
        if (text.Peek() < 0)
            return null;
        Count++;
        _line.Clear();
        for (int next = text.Read(); next is >= 0 and not '\n'; next = text.Read())
        {
            if (_line.Length == PromptFile.LongestRecord)
                throw new InvalidDataException($"line {Count} has more than {PromptFile.LongestRecord} characters; fewer are accepted");
            _line.Append((char)next);
        }
        if (_line.Length > 0 && _line[^1] == '\r')
            _line.Length--;
        return _line.ToString();
    }
}
