namespace Crease.Views;

/// <summary>The endings that figures are saved under, and a write that leaves either the whole file or none.</summary>
internal static class FigureFile
{
    private const string Accepted = ".svg, .png, .pdf, .html";

    public static FigureFormat FormatOf(string path)
    {
        string ending = Path.GetExtension(path);
        if (ending.Equals(".svg", StringComparison.OrdinalIgnoreCase))
            return FigureFormat.Svg;
        if (ending.Equals(".png", StringComparison.OrdinalIgnoreCase))
            return FigureFormat.Png;
        if (ending.Equals(".pdf", StringComparison.OrdinalIgnoreCase))
            return FigureFormat.Pdf;
        if (ending.Equals(".html", StringComparison.OrdinalIgnoreCase))
            return FigureFormat.Html;
        throw new ArgumentException($"'path' ends in '{ending}'; accepted endings are {Accepted}.", nameof(path));
    }

    /// <summary>Writes a file through a stream.</summary>
    public static void Write(string path, Action<Stream> content) => WriteTo(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        content(stream);
    });

    /// <summary>Writes a file through its temporary name.</summary>
    public static void WriteTo(string path, Action<string> content)
    {
        // Beside the target, so that the rename stays within one file system.
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            content(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault)
        {
            Remove(temporary);
            // A file that may grow no further comes as an argument out of range.
            if (fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" })
                throw new IOException($"{path}: cannot be written ({(fault is ArgumentException ? "the file may grow no further" : fault.Message.Replace(temporary, path, StringComparison.Ordinal))})", fault);
            throw;
        }
    }

    // The folder may be gone; what went wrong first is what the caller hears of.
    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
