using System.Security.Cryptography;
using System.Text.Json;

namespace Crease.Lab;

/// <summary>A file of one result of a study, so that a call after a kill makes only what is missing.</summary>
internal static class StudyFile
{
    private const int HashDigits = 16;

    /// <summary>The file of a result: its name ends in a hash of all that the result depends on, so that one of other options is another file.</summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="name">How its name begins.</param>
    /// <param name="key">All that it depends on.</param>
    public static string At(string folder, string name, object key) =>
        Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(key, RunFolder.Json)))[..HashDigits]}.json");

    /// <summary>What a file holds, or null where it is absent or damaged: that is made again.</summary>
    public static T? Find<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), RunFolder.Json) : null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole, and makes its folder.</summary>
    /// <exception cref="TrainingException">It cannot be written.</exception>
    public static void Write<T>(string path, T result)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception fault) when (RunFolder.IsRefusal(fault))
        {
            throw RunFolder.Unwritten(path, fault);
        }
        RunFolder.Write(path, stream => JsonSerializer.Serialize(stream, result, RunFolder.Json));
    }
}
