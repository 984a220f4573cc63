using System.Buffers;
using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Rewrites an Oniguruma pattern, as tokenizer files hold it, for .NET.</summary>
/// <remarks>
/// What is rewritten: possessive quantifiers (<c>x++</c>) become atomic groups; <c>\w</c> and <c>\W</c> take in all marks and letter numbers;
/// <c>\h</c> is a hexadecimal digit; <c>\x{...}</c> and <c>\u{...}</c> become <c>\u....</c>; line anchors hold at every line.
/// What is refused by name: set operations and sets in sets, options other than <c>i</c>, <c>\R \X \K \G</c> and characters beyond U+FFFF.
/// What differs and is let pass: <c>(?i:s)</c> matches U+017F and ligatures in Oniguruma only.
/// </remarks>
internal sealed class PatternTranslation
{
    private const string Word = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u200C\u200D";
    private static readonly SearchValues<char> CountCharacters = SearchValues.Create("0123456789,");
    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<int> _groups = [];
    private int _at;
    // Where the last atom starts in the output, and where it ends; a possessive quantifier wraps it.
    private int _atom = -1, _atomEnd;

    private PatternTranslation(string pattern) => _pattern = pattern;

    /// <exception cref="InvalidDataException">The pattern has something that .NET would read otherwise.</exception>
    public static string Translate(string pattern) => new PatternTranslation(pattern).Run();

    private string Run()
    {
        while (_at < _pattern.Length)
        {
            char unit = _pattern[_at];
            if (char.IsSurrogate(unit))
                throw Refused("a character beyond U+FFFF");
            if (unit is '*' or '+' or '?' || (unit == '{' && _atom >= 0 && CountEnd() > 0))
                Quantifier();
            else if (unit == '(')
                Open();
            else if (unit == ')')
                Close();
            else if (unit == '|')
                (_atom, _) = (-1, _output.Append(_pattern[_at++]));
            else if (unit == '[')
                Atom(Set);
            else if (unit == '\\')
                Atom(() => Escape(inSet: false));
            else
                Atom(() => _output.Append(_pattern[_at++]));
        }
        return _output.ToString();
    }

    private void Atom(Action write)
    {
        int start = _output.Length;
        write();
        (_atom, _atomEnd) = (start, _output.Length);
    }

    private void Open()
    {
        _groups.Push(_output.Length);
        int start = _at++;
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            int end = _pattern.AsSpan(_at).IndexOfAny(":=!>)");
            string option = end < 0 ? _pattern[_at..] : _pattern[_at..(_at + end + 1)];
            if (option is not ("?:" or "?=" or "?!" or "?<=" or "?<!" or "?>" or "?i:" or "?i)"))
                throw Refused($"the group '({Vocabulary.Shown(option)}'");
            _at += option.Length;
            if (option == "?i)" && start > 0)
                throw Refused("'(?i)' after the start");
            if (option == "?i)")
                _groups.Pop();
        }
        _output.Append(_pattern, start, _at - start);
        _atom = -1;
    }

    private void Close()
    {
        if (!_groups.TryPop(out int start))
            throw Refused("a ')' without its '('");
        _output.Append(_pattern[_at++]);
        (_atom, _atomEnd) = (start, _output.Length);
    }

    private void Quantifier()
    {
        if (_atom < 0 || _atomEnd != _output.Length)
            throw Refused("a quantifier of nothing or of a quantifier");
        bool counted = _pattern[_at] == '{';
        int end = counted ? CountEnd() : _at + 1;
        _output.Append(_pattern, _at, end - _at);
        _at = end;
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            _output.Append(_pattern[_at++]);
        }
        else if (_at < _pattern.Length && _pattern[_at] == '+')
        {
            if (counted)
                throw Refused("'{...}+', which is no possessive quantifier");
            _at++;
            _output.Insert(_atom, "(?>").Append(')');
        }
    }

    // One past a quantifier such as {1,3}, or 0 where the brace is a character.
    private int CountEnd()
    {
        int close = _pattern.IndexOf('}', _at);
        return close > _at + 1 && _pattern.AsSpan(_at + 1, close - _at - 1).IndexOfAnyExcept(CountCharacters) < 0 ? close + 1 : 0;
    }

    private void Set()
    {
        _output.Append(_pattern[_at++]);
        if (_at < _pattern.Length && _pattern[_at] == '^')
            _output.Append(_pattern[_at++]);
        bool first = true;
        for (; _at < _pattern.Length && (_pattern[_at] != ']' || first); first = false)
        {
            char unit = _pattern[_at];
            if (char.IsSurrogate(unit))
                throw Refused("a character beyond U+FFFF");
            if (unit == '[' || _pattern.AsSpan(_at).StartsWith("&&"))
                throw Refused("a set within a set, a named set or '&&'");
            if (unit == '\\')
                Escape(inSet: true);
            else
                _output.Append(_pattern[_at++]);
        }
        if (_at == _pattern.Length)
            throw Refused("a '[' without its ']'");
        _output.Append(_pattern[_at++]);
    }

    private void Escape(bool inSet)
    {
        if (_at + 1 == _pattern.Length)
            throw Refused("a '\\' at the end");
        char kind = _pattern[_at + 1];
        if (char.IsSurrogate(kind) || kind is 'R' or 'X' or 'K' or 'G' or 'H' or 'N' or 'O' or 'y' or 'Y' or 'k' or 'g' or (>= '1' and <= '9') || (kind == 'W' && inSet))
            throw Refused($"'\\{kind}'{(inSet ? " in a set" : "")}");
        if (kind is 'x' or 'u' && _at + 2 < _pattern.Length && _pattern[_at + 2] == '{')
        {
            CodePoint();
            return;
        }
        _output.Append(kind switch
        {
            'w' => inSet ? Word : $"[{Word}]",
            'W' => $"[^{Word}]",
            'h' => inSet ? "0-9a-fA-F" : "[0-9a-fA-F]",
            _ => $"\\{kind}",
        });
        _at += 2;
        if (kind is not ('p' or 'P'))
            return;
        int end = _at < _pattern.Length && _pattern[_at] == '{' ? _pattern.IndexOf('}', _at) : -1;
        if (end < 0)
            throw Refused($"'\\{kind}' without a name in braces");
        string name = _pattern[_at..(end + 1)];
        if (name.Length > 2 && name[1] == '^')
        {
            _output[^1] = kind == 'p' ? 'P' : 'p';
            name = "{" + name[2..];
        }
        _output.Append(name);
        _at = end + 1;
    }

    private void CodePoint()
    {
        int end = _pattern.IndexOf('}', _at);
        if (end < 0 || !int.TryParse(_pattern.AsSpan(_at + 3, end - _at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || value is < 0 or > 0xFFFF)
            throw Refused("a code point that is not one of \\x{0} to \\x{FFFF}");
        _output.Append(CultureInfo.InvariantCulture, $"\\u{value:X4}");
        _at = end + 1;
    }

    private InvalidDataException Refused(string what) => new($"pattern '{Vocabulary.Shown(_pattern)}' has, at character {_at}, {what}; that is not supported");
}
