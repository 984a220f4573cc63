using System.Text;

namespace Crease.Lab;

/// <summary>Writes a new text from an old one and keeps the places in the source.</summary>
internal sealed class SourceTextBuilder(int capacity)
{
    private readonly StringBuilder _text = new(capacity);
    private readonly List<int> _starts = new(capacity), _ends = new(capacity);

    public int Length => _text.Length;

    public void Append(char unit, int start, int end)
    {
        _text.Append(unit);
        _starts.Add(start);
        _ends.Add(end);
    }

    /// <summary>Appends a text that stands for one place.</summary>
    public void Append(ReadOnlySpan<char> text, int start, int end)
    {
        foreach (char unit in text)
            Append(unit, start, end);
    }

    public void Copy(SourceText from, int start, int end)
    {
        for (int at = start; at < end; at++)
            Append(from.Text[at], from.Start(at), from.End(at));
    }

    public SourceText Build() => new(_text.ToString(), [.. _starts], [.. _ends]);
}
