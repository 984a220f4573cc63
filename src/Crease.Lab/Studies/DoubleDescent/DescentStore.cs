using System.Security.Cryptography;
using System.Text.Json;

namespace Crease.Lab;

/// <summary>Measurements as they are done, a file each: a call after a kill makes only those that are missing.</summary>
/// <remarks>The name holds a hash of all that a measurement depends on, so that one of other options is another file.</remarks>
/// <param name="folder">Folder of the files; made with the first.</param>
internal sealed class DescentStore(string folder)
{
    private const int HashDigits = 16;

    /// <summary>The measurement of a key: kept, or made now.</summary>
    /// <param name="name">How its file begins.</param>
    /// <param name="key">All that it depends on.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public T Of<T>(string name, object key, Func<T> make)
        where T : class
    {
        string path = Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(key, RunFolder.Json)))[..HashDigits]}.json");
        if (StudyFile.Find<T>(path) is T kept)
            return kept;
        T made = make();
        StudyFile.Write(path, made);
        return made;
    }
}
