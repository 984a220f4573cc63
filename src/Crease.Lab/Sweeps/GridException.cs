namespace Crease.Lab;

/// <summary>A grid of trainings that cannot be meant; the message is one line: file, place, what was found, what is accepted.</summary>
/// <param name="file">Name of the file.</param>
/// <param name="message">Place, what was found, what is accepted.</param>
/// <param name="cause">The error underneath, or null.</param>
public sealed class GridException(string file, string message, Exception? cause = null) : InvalidOperationException(OneLine($"{file}: {message}"), cause)
{
    private const int LongestShown = 60;

    /// <summary>A text of the file as a message may hold it.</summary>
    /// <param name="text">Any text.</param>
    public static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";

    // Names inside the file may hold anything; control characters would break terminals and the one-line promise.
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
