using Crease.Models;

namespace Crease.Certificates;

/// <summary>Words and parentheses of a VNN-LIB text, one at a time, with the line they are on.</summary>
internal sealed class VnnlibTokens(string name, string text)
{
    private const int LongestWord = 1200;

    private int _at;

    /// <summary>1-based line of the last token.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The next token; empty at the end.</summary>
    public string Next()
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == ';')
            {
                while (_at < text.Length && text[_at] != '\n')
                    _at++;
            }
            else if (char.IsWhiteSpace(c))
            {
                Line += c == '\n' ? 1 : 0;
                _at++;
            }
            else if (c is '(' or ')')
            {
                _at++;
                return c == '(' ? "(" : ")";
            }
            else
                return Word();
        }
        return "";
    }

    /// <summary>An error at the last token.</summary>
    public ModelException Fault(string message) => new(name, $"line {Line}: {message}");

    private string Word()
    {
        int start = _at;
        while (_at < text.Length && text[_at] is not ('(' or ')' or ';') && !char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at - start > LongestWord)
            throw Fault($"a word of {_at - start} characters; accepted are at most {LongestWord}");
        return text[start.._at];
    }
}
