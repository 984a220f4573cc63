namespace Crease.Cli.Output;

/// <summary>Texts that fit the columns of a table.</summary>
internal static class ShortText
{
    /// <summary>The text, with dots in place of what is beyond the length.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">Characters at most, 3 or more.</param>
    public static string Of(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";
}
