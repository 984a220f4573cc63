using System.Globalization;

namespace Crease.Models.Onnx;

/// <summary>Reads tensor data that lies beside the model; nothing outside the model's own folder is opened.</summary>
internal static class ExternalData
{
    /// <param name="entries">Keys and values of the tensor's reference: location, offset, length.</param>
    /// <param name="allowance">The model's folder and how much may be read.</param>
    /// <param name="tensor">Name of the tensor.</param>
    /// <param name="expected">Number of bytes that the tensor's shape asks for.</param>
    public static byte[] Read(Dictionary<string, string> entries, Allowance allowance, string tensor, long expected)
    {
        if (allowance.Folder is not string folder)
            throw Fault(tensor, "is in an external file", "a model that was loaded from a folder");
        string location = entries.GetValueOrDefault("location", "");
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar, path = location.Length == 0 || location.Contains('\0') ? "" : Path.GetFullPath(Path.Combine(root, location));
        if (location.Length == 0 || Path.IsPathRooted(location) || location.Split('/', '\\').Contains("..") || !path.StartsWith(root, StringComparison.Ordinal))
            throw Fault(tensor, $"names the external file '{location}'", "a file inside the model's own folder");
        var file = new FileInfo(path);
        if (!file.Exists)
            throw Fault(tensor, $"names the external file '{location}', which does not exist", "a file inside the model's own folder");
        for (FileSystemInfo? part = file; part is not null && part.FullName.Length > root.Length; part = part is FileInfo f ? f.Directory : ((DirectoryInfo)part).Parent)
        {
            if (part.LinkTarget is not null)
                throw Fault(tensor, $"names the external file '{location}', which is a link", "an ordinary file inside the model's own folder");
        }
        long offset = Number(entries, "offset", 0, tensor), length = Number(entries, "length", file.Length - Math.Min(offset, file.Length), tensor);
        if (offset > file.Length || length > file.Length - offset)
            throw Fault(tensor, $"takes {length} bytes from byte {offset} of '{location}', which has {file.Length}", "a range inside the file");
        if (length != expected)
            throw Fault(tensor, $"takes {length} bytes of '{location}'", $"{expected} bytes, as its shape says");
        if (length == 0)
            return [];
        allowance.SpendExternal(length);
        using FileStream stream = file.OpenRead();
        stream.Seek(offset, SeekOrigin.Begin);
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static long Number(Dictionary<string, string> entries, string key, long otherwise, string tensor)
    {
        if (!entries.TryGetValue(key, out string? text))
            return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= 0
            ? value
            : throw Fault(tensor, $"has {key} '{text}'", "a non-negative number");
    }

    private static InvalidDataException Fault(string tensor, string found, string accepted) => new($"initializer '{tensor}' {found}; expected {accepted}");
}
