using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crease.Lab;

/// <summary>Keeps what was measured at each network in a file of lines, so that a call that was stopped goes on, and a training that goes on is measured on.</summary>
/// <remarks>
/// A line holds a key, the SHA-256 of everything the numbers depend on (the file of the network, options, rows, slice), and the numbers. Lines of other keys are kept and not
/// used; a line that was cut off by a kill is left out and written again.
/// </remarks>
/// <param name="path">File of lines; made with the first row.</param>
public sealed class DynamicsStore(string path)
{
    private static readonly JsonSerializerOptions Line = new(RunFolder.Json) { WriteIndented = false };

    private readonly Dictionary<string, DynamicsRow> _rows = Read(path);

    private sealed record StoredRow(string Key, DynamicsRow Row);

    /// <summary>The row of a key, or null.</summary>
    public DynamicsRow? Find(string key) => _rows.GetValueOrDefault(key);

    /// <summary>Adds a row and waits for the disk.</summary>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public void Add(string key, DynamicsRow row)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            byte[] line = JsonSerializer.SerializeToUtf8Bytes(new StoredRow(key, row), Line);
            // A line that a kill cut off must not swallow this one.
            bool isTorn = file.Length > 0 && LastByte(file) != '\n';
            file.Seek(0, SeekOrigin.End);
            file.Write([.. isTorn ? "\n"u8 : [], .. line, (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (RunFolder.IsRefusal(fault))
        {
            throw new TrainingException($"{RunFolder.Unwritten(path, fault).Message}; every row before it is kept.", fault);
        }
        _rows[key] = row;
    }

    /// <summary>The key of a network under some settings.</summary>
    /// <param name="settings">Everything else that the numbers depend on, as text.</param>
    /// <param name="file">File of the network.</param>
    public static string Key(string settings, string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(settings));
        using FileStream stream = File.OpenRead(file);
        hash.AppendData(SHA256.HashData(stream));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    private static Dictionary<string, DynamicsRow> Read(string path)
    {
        var rows = new Dictionary<string, DynamicsRow>();
        if (!File.Exists(path))
            return rows;
        foreach (string line in File.ReadLines(path))
        {
            if (Parse(line) is { } stored)
                rows[stored.Key] = stored.Row;
        }
        return rows;
    }

    private static StoredRow? Parse(string line)
    {
        try
        {
            StoredRow? stored = JsonSerializer.Deserialize<StoredRow>(line, Line);
            return stored is { Key: not null, Row: not null } ? stored : null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
