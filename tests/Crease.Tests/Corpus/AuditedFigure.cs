using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crease.Tests.Corpus;

/// <summary>The law of figures: what shows accuracy under attack says, in the same file, whether it can be believed.</summary>
internal static partial class AuditedFigure
{
    private const string Opening = "Masking audit";

    /// <summary>The line in an SVG, or null where no text of it speaks of accuracy under attack.</summary>
    /// <param name="svg">The document.</param>
    /// <exception cref="InvalidDataException">It speaks of accuracy under attack, and the line is missing, cut, or stands beside the page.</exception>
    public static string? LineOf(string svg)
    {
        XElement root = XDocument.Parse(svg).Root!;
        XElement[] texts = [.. root.Descendants().Where(element => element.Name.LocalName == "text")];
        string description = root.Elements().Single(element => element.Name.LocalName == "desc").Value;
        int start = description.IndexOf(Opening, StringComparison.Ordinal);
        string drawn = string.Join('\n', texts.Select(text => text.Value).TakeWhile(text => !text.StartsWith(Opening, StringComparison.Ordinal)));
        if (!Speaks().IsMatch(drawn))
            return null;
        if (start < 0)
            throw new InvalidDataException($"'{Speaks().Match(drawn).Value}' without the line of the audit");
        string line = description[start..];
        if (!string.Join(' ', texts.Select(text => text.Value)).EndsWith(line, StringComparison.Ordinal))
            throw new InvalidDataException($"the last words are not '{line}'");
        double height = (double)root.Attribute("height")!;
        if (texts.Any(text => (double)text.Attribute("y")! > height - 2))
            throw new InvalidDataException("a line lies below the page");
        return line;
    }

    [GeneratedRegex(@"\b(under (attack|pgd|fgsm|autoattack)|robust( accuracy|ness|, ε| step)|not fooled|not violated)", RegexOptions.IgnoreCase)]
    private static partial Regex Speaks();
}
