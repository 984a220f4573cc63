using Crease.Models;

namespace Crease.Lab;

/// <summary>Reads a Parquet file of features.</summary>
public static class FeatureFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A file that <see cref="FeatureWriter"/> wrote.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no such table; the message is one line.</exception>
    public static FeatureTable Read(string path)
    {
        FeatureTable[] parts = [.. ReadParts(path)];
        if (parts.Length == 1)
            return parts[0];
        Dictionary<string, string[]> fields = parts[0].Fields.Keys.ToDictionary(field => field, field => parts.SelectMany(part => part.Fields[field]).ToArray());
        return new FeatureTable(parts[0].Layers, [.. parts.SelectMany(part => part.Rows)], [.. parts.SelectMany(part => part.Tokens)], Joined(parts), fields, parts[0].About);
    }

    /// <summary>Reads a file part by part, in its order: memory is that of the largest one.</summary>
    /// <param name="path">A file that <see cref="FeatureWriter"/> wrote.</param>
    /// <returns>At least one table; an empty one where the file has no rows.</returns>
    /// <exception cref="ModelException">The file cannot be read, or is no such table; the message is one line.</exception>
    public static IEnumerable<FeatureTable> ReadParts(string path)
    {
        string name = Path.GetFileName(path);
        using FileStream stream = Guarded(name, () => File.OpenRead(path));
        using FeatureParts parts = Guarded(name, () => FeatureParts.Open(stream, name));
        int all = Math.Max(1, parts.Count);
        for (int part = 0; part < all; part++)
            yield return Guarded(name, () => parts.Read(part));
    }

    private static double[] Joined(FeatureTable[] parts)
    {
        var values = new double[parts.Sum(part => (long)part.Values.Length)];
        int at = 0;
        foreach (FeatureTable part in parts)
        {
            part.Values.CopyTo(values.AsSpan(at));
            at += part.Values.Length;
        }
        return values;
    }

    // Whatever an untrusted file brings about, the caller sees one type of error.
    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (ModelException or OutOfMemoryException))
        {
            throw new ModelException(name, $"cannot be read as a table of features: {Model.Reason(fault).ReplaceLineEndings(" ")}", fault);
        }
    }
}
