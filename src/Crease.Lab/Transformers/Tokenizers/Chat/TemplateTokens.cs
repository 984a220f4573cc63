using System.Text;

namespace Crease.Lab;

/// <summary>Cuts a template into text and the tokens of its tags.</summary>
/// <remarks>As the models' own library sets it: the line break behind a statement is dropped, and so are spaces before one that begins a line.</remarks>
internal static class TemplateTokens
{
    private const int LongestNumber = 18;

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
            int end = at;
            while (end < template.Length && (char.IsAsciiLetterOrDigit(template[end]) || template[end] == '_'))
                end++;
            if (end > at)
            {
                string word = template[at..end];
                bool isNumber = char.IsAsciiDigit(word[0]);
                if (isNumber && (word.Length > LongestNumber || !word.All(char.IsAsciiDigit)))
                    throw new InvalidDataException($"the number '{Vocabulary.Shown(word)}' is not supported; whole numbers of at most {LongestNumber} digits are");
                tokens.Add(new TemplateToken(isNumber ? TemplateTokenKind.Number : TemplateTokenKind.Name, word));
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
            {
                next = template[++at] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '\\' or '"' or '\'' => template[at],
                    char other => throw new InvalidDataException($"the escape \\{other} is not supported"),
                };
            }
            text.Append(next);
        }
        throw new InvalidDataException("a text in quotes has no end");
    }
}
