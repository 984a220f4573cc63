using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Cuts a template into text and the tokens of its tags.</summary>
/// <remarks>As the models' own library sets it: the line break behind a statement is dropped, and so are spaces before one that begins a line.</remarks>
internal static class TemplateTokens
{
    private const int LongestNumber = 18, LongestName = 200;

    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "//", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|", "=", "<", ">", "+", "-", "*", "/", "%", "~"];

    /// <exception cref="InvalidDataException">A tag or text in quotes has no end, or holds a character that no tag has.</exception>
    public static List<TemplateToken> Of(string template)
    {
        var tokens = new List<TemplateToken>();
        template = template.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (template.EndsWith('\n'))
            template = template[..^1];
        int at = 0;
        bool strips = false, trims = false;
        while (at < template.Length)
        {
            int tag = Tag(template, at);
            string text = template[at..tag];
            if (strips)
                text = text.TrimStart();
            else if (trims && text.StartsWith('\n'))
                text = text[1..];
            if (tag < template.Length)
                text = Before(text, template, tag, at);
            if (text.Length > 0)
                tokens.Add(new TemplateToken(TemplateTokenKind.Text, text));
            if (tag == template.Length)
                break;
            char kind = template[tag + 1];
            at = tag + 2;
            if (at < template.Length && template[at] is '-' or '+')
                at++;
            if (kind == '#')
                at = Comment(template, at);
            else
                at = Inside(template, at, kind, tokens);
            strips = template[at - 3] == '-';
            trims = kind != '{' && template[at - 3] != '+';
        }
        tokens.Add(new TemplateToken(TemplateTokenKind.End, ""));
        return tokens;
    }

    private static int Tag(string template, int from)
    {
        for (int at = from; at + 1 < template.Length; at++)
        {
            if (template[at] == '{' && template[at + 1] is ('{' or '%' or '#'))
                return at;
        }
        return template.Length;
    }

    // What a tag takes away from the text before it.
    private static string Before(string text, string template, int tag, int start)
    {
        char mark = tag + 2 < template.Length ? template[tag + 2] : ' ';
        if (mark == '-')
            return text.TrimEnd();
        if (template[tag + 1] == '{' || mark == '+')
            return text;
        string kept = text.TrimEnd(' ', '\t');
        return kept.Length == 0 ? start == 0 || template[start - 1] == '\n' || text.Length < tag - start ? kept : text : kept.EndsWith('\n') ? kept : text;
    }

    private static int Comment(string template, int at)
    {
        int end = template.IndexOf("#}", at, StringComparison.Ordinal);
        return end < 0 ? throw new InvalidDataException("a comment has no end") : end + 2;
    }

    private static int Inside(string template, int at, char kind, List<TemplateToken> tokens)
    {
        tokens.Add(new TemplateToken(kind == '{' ? TemplateTokenKind.OpenValue : TemplateTokenKind.OpenStatement, ""));
        string close = kind == '{' ? "}}" : "%}";
        int braces = 0;
        while (at < template.Length)
        {
            char next = template[at];
            if (char.IsWhiteSpace(next))
            {
                at++;
                continue;
            }
            int skipped = next is '-' or '+' ? 1 : 0;
            if (braces == 0 && string.CompareOrdinal(template, at + skipped, close, 0, 2) == 0)
            {
                tokens.Add(new TemplateToken(TemplateTokenKind.Close, ""));
                return at + skipped + 2;
            }
            if (next is '"' or '\'')
            {
                tokens.Add(new TemplateToken(TemplateTokenKind.String, Quoted(template, ref at)));
                continue;
            }
            if (char.IsAsciiDigit(next))
            {
                tokens.Add(new TemplateToken(TemplateTokenKind.Number, Digits(template, ref at)));
                continue;
            }
            int end = at;
            while (end < template.Length && IsOfName(template[end]))
                end++;
            if (end > at)
            {
                string word = template[at..end];
                tokens.Add(new TemplateToken(TemplateTokenKind.Name, word.Length <= LongestName ? word : throw new InvalidDataException($"the name '{Vocabulary.Shown(word)}' is too long; at most {LongestName} characters are supported")));
                at = end;
                continue;
            }
            string sign = Array.Find(Signs, sign => string.CompareOrdinal(template, at, sign, 0, sign.Length) == 0) ?? throw new InvalidDataException($"the character U+{(int)next:X4} stands in a tag; no supported one has it");
            braces += sign == "{" ? 1 : sign == "}" ? -1 : 0;
            tokens.Add(new TemplateToken(TemplateTokenKind.Sign, sign));
            at += sign.Length;
        }
        throw new InvalidDataException("a tag has no end");
    }

    private static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    // Digits, perhaps with a fraction and an exponent.
    private static string Digits(string template, ref int at)
    {
        int start = at;
        void Skip(ref int at)
        {
            while (at < template.Length && char.IsAsciiDigit(template[at]))
                at++;
        }

        bool Follows(int at) => at < template.Length && char.IsAsciiDigit(template[at]);
        Skip(ref at);
        int digits = at - start;
        if (at < template.Length && template[at] == '.' && Follows(at + 1))
        {
            at++;
            Skip(ref at);
        }
        int exponent = at + 1 < template.Length && template[at + 1] is '+' or '-' ? at + 2 : at + 1;
        if (at < template.Length && template[at] is 'e' or 'E' && Follows(exponent))
        {
            at = exponent;
            Skip(ref at);
        }
        bool isWord = at < template.Length && IsOfName(template[at]);
        string number = template[start..at];
        return digits <= LongestNumber && number.Length <= 3 * LongestNumber && !isWord
            ? number
            : throw new InvalidDataException($"the number '{Vocabulary.Shown(number)}{(isWord ? template[at] : "")}' is not supported; those of at most {LongestNumber} digits are");
    }

    private static string Quoted(string template, ref int at)
    {
        char quote = template[at++];
        var text = new StringBuilder();
        for (; at < template.Length; at++)
        {
            char next = template[at];
            if (next == quote)
            {
                at++;
                return text.ToString();
            }
            if (next == '\\' && at + 1 < template.Length)
                Escape(template, ref at, text);
            else
                text.Append(next);
        }
        throw new InvalidDataException("a text in quotes has no end");
    }

    // What no escape is keeps its sign.
    private static void Escape(string template, ref int at, StringBuilder text)
    {
        char mark = template[++at];
        int digits = mark switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (digits > 0)
        {
            if (at + digits >= template.Length || !ushort.TryParse(template.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
                throw new InvalidDataException($"the escape \\{mark} is not supported without {digits} digits");
            text.Append((char)code);
            at += digits;
            return;
        }
        _ = mark switch
        {
            'n' => text.Append('\n'),
            't' => text.Append('\t'),
            'r' => text.Append('\r'),
            'b' => text.Append('\b'),
            'f' => text.Append('\f'),
            '\n' => text,
            '\\' or '"' or '\'' => text.Append(mark),
            >= '0' and <= '7' or 'N' or 'U' or 'a' or 'v' => throw new InvalidDataException($"the escape \\{mark} is not supported"),
            _ => text.Append('\\').Append(mark),
        };
    }
}
