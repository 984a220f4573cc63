using Crease.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crease.Studio;

/// <summary>Takes a file in: to a place of its own, checked there, then moved to where it belongs, whole or not at all.</summary>
internal static class Upload
{
    /// <summary>Receives the body of a request.</summary>
    /// <param name="context">The request; its body is the content of the file.</param>
    /// <param name="workspace">Where to put it.</param>
    /// <param name="folder">Where it belongs.</param>
    /// <param name="name">What it is to be called.</param>
    /// <param name="most">Largest size in bytes.</param>
    /// <param name="check">Refuses what is no such file, by an exception; given its path.</param>
    /// <exception cref="ConflictException">There is one of that name.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large.</exception>
    public static async Task Receive(HttpContext context, WorkspaceFolder workspace, string folder, string name, long most, Action<string> check)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        string place = Path.Combine(folder, name);
        Refuse(place);
        string room = Path.Combine(workspace.Incoming, Guid.NewGuid().ToString("N")), file = Path.Combine(room, name);
        Directory.CreateDirectory(room);
        try
        {
            await using (FileStream stream = File.Create(file))
            {
                await context.Request.Body.CopyToAsync(stream, context.RequestAborted);
                stream.Flush(flushToDisk: true);
            }
            try
            {
                await Task.Factory.StartNew(() => check(file), context.RequestAborted, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            // The place is this server's own affair; a client knows the name it gave.
            catch (ModelException fault) when (fault.Message.Contains(file, StringComparison.Ordinal))
            {
                throw new ModelException(name, fault.Message.Replace(file + ": ", "", StringComparison.Ordinal), fault);
            }
            Refuse(place);
            File.Move(file, place, overwrite: false);
        }
        finally
        {
            Directory.Delete(room, recursive: true);
        }
    }

    // Names that differ in case are one file on some systems.
    private static void Refuse(string place)
    {
        string name = Path.GetFileName(place);
        if (Directory.GetFiles(Path.GetDirectoryName(place)!).Any(file => Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new ConflictException($"there is a file '{name}' already; remove it first, or give another name");
    }
}
