using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>Answers that are files to keep. They are made in a place of their own, so that a large one is never in memory as a whole, and gone with the request.</summary>
internal static class FileAnswer
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".pdf"] = "application/pdf",
        [".html"] = "text/html; charset=utf-8",
        [".gif"] = "image/gif",
        [".csv"] = "text/csv; charset=utf-8",
        [".parquet"] = "application/vnd.apache.parquet",
    }.ToFrozenDictionary();

    /// <summary>A file of a stream.</summary>
    /// <param name="context">The request that it answers.</param>
    /// <param name="workspace">Where it is made.</param>
    /// <param name="name">What a browser calls it; the ending tells its type. Signs that a file cannot have become dashes.</param>
    /// <param name="write">Writes it; the stream can seek.</param>
    public static IResult Of(HttpContext context, WorkspaceFolder workspace, string name, Action<Stream> write)
    {
        FileStream stream = Open(workspace.Incoming, Place(), FileMode.CreateNew);
        context.Response.RegisterForDispose(stream);
        write(stream);
        stream.Position = 0;
        return Sent(stream, name);
    }

    /// <summary>A file of what needs a path.</summary>
    /// <param name="context">The request that it answers.</param>
    /// <param name="workspace">Where it is made.</param>
    /// <param name="name">As for <see cref="Of"/>.</param>
    /// <param name="save">Saves it under a path with the ending of the name.</param>
    public static IResult Saved(HttpContext context, WorkspaceFolder workspace, string name, Action<string> save)
    {
        string place = Place() + Path.GetExtension(name);
        save(Path.Combine(workspace.Incoming, place));
        FileStream stream = Open(workspace.Incoming, place, FileMode.Open);
        context.Response.RegisterForDispose(stream);
        return Sent(stream, name);
    }

    // Attached: a browser keeps it and shows nothing of it as a page of the Studio.
    private static IResult Sent(FileStream stream, string name) => Results.Stream(stream, Types[Path.GetExtension(name)], Plain(name));

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).TrimStart('.', '-');

    private static string Place() => Guid.NewGuid().ToString("N");

    private static FileStream Open(string folder, string name, FileMode mode) =>
        new(Path.Combine(folder, name), mode, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
