namespace Crease.Models;

/// <summary>A file that cannot be read as what it claims to be; the message is one line: file, place, what was found, what is accepted.</summary>
public sealed class ModelException : Exception
{
    private const int LongestMessage = 380;
    private const string Gap = " ... ";

    /// <summary>Makes an error about a place in a file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="message">Place, what was found, what is accepted.</param>
    /// <param name="cause">The error underneath, or null.</param>
    public ModelException(string file, string message, Exception? cause = null)
        : base(OneLine($"{file}: {message}"), cause)
    {
    }

    // Names inside untrusted files may hold anything; control characters would break terminals and the one-line promise.
    private static string OneLine(string text)
    {
        char[] line = text.ToCharArray();
        for (int i = 0; i < line.Length; i++)
            line[i] = char.IsControl(line[i]) || line[i] is '\u2028' or '\u2029' ? ' ' : line[i];
        if (line.Length <= LongestMessage)
            return new string(line);
        // What was found may be long; the file's name is at the start and what is accepted at the end.
        int half = (LongestMessage - Gap.Length) / 2;
        return string.Concat(line.AsSpan(0, half), Gap, line.AsSpan(line.Length - half));
    }
}
