using System.Buffers;

namespace Crease.Lab;

/// <summary>Texts as cells of CSV files, by the rules of RFC 4180.</summary>
public static class CsvCell
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    /// <summary>The text, in quotes where it needs them.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text) => text.AsSpan().ContainsAny(Special) ? Quoted(text) : text;

    /// <summary>The text in quotes, whether it needs them or not.</summary>
    /// <param name="text">Any text.</param>
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
