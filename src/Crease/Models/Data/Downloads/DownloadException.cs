namespace Crease.Models;

/// <summary>A data set that could not be fetched; the message is one line: what, where, what was found, what to do.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">One line.</param>
    /// <param name="cause">The error underneath, or null.</param>
    public DownloadException(string message, Exception? cause = null)
        : base(message.ReplaceLineEndings(" "), cause)
    {
    }
}
