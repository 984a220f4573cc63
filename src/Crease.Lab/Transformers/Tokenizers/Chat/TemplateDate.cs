using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Writes a day in the marks of <c>strftime</c>; the time is midnight.</summary>
internal static class TemplateDate
{
    private const int LongestFormat = 1000;

    /// <exception cref="InvalidDataException">The format is too long, or has a mark that is not supported.</exception>
    public static string Text(DateOnly date, string format)
    {
        if (format.Length > LongestFormat)
            throw new InvalidDataException($"a date format of more than {LongestFormat} characters is not supported");
        var text = new StringBuilder();
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
                continue;
            }
            bool isBare = at + 1 < format.Length && format[at + 1] == '-';
            at += isBare ? 2 : 1;
            string part = Part(date, at < format.Length ? format[at] : '\0');
            text.Append(isBare && part.Length > 1 ? part.TrimStart('0', ' ') is { Length: > 0 } bare ? bare : "0" : part);
        }
        return text.ToString();
    }

    // English names, whatever the machine speaks.
    private static string Part(DateOnly date, char mark) => mark switch
    {
        'd' => Written(date, "dd"),
        'e' => Written(date, "%d").PadLeft(2),
        'm' => Written(date, "MM"),
        'b' or 'h' => Written(date, "MMM"),
        'B' => Written(date, "MMMM"),
        'y' => Written(date, "yy"),
        'Y' => Written(date, "yyyy"),
        'a' => Written(date, "ddd"),
        'A' => Written(date, "dddd"),
        'j' => date.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'w' => ((int)date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'F' => Written(date, "yyyy-MM-dd"),
        'D' => Written(date, "MM/dd/yy"),
        'H' or 'M' or 'S' => "00",
        'I' => "12",
        'p' => "AM",
        'R' => "00:00",
        'T' => "00:00:00",
        'Z' or 'z' => "",
        '%' => "%",
        _ => throw new InvalidDataException($"the date mark %{(mark == '\0' ? "" : Vocabulary.Shown(mark.ToString()))} is not supported"),
    };

    private static string Written(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);
}
