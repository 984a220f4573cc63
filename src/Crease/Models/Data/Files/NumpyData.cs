using Crease.Networks;

namespace Crease.Models;

/// <summary>Arrays of numpy as data sets: a row per entry of the first axis.</summary>
/// <remarks>Labels that are all whole numbers, one per row, are classes; others are targets.</remarks>
internal static class NumpyData
{
    private static readonly string[] InputNames = ["x", "X", "data", "inputs", "images"], LabelNames = ["y", "Y", "labels", "targets"];

    public static DataReaders Open(string path)
    {
        string[] names = Npz.Names(path);
        return names.Contains("x_train") && names.Contains("x_test")
            ? new DataReaders { Train = () => Part(path, names, "train"), Test = () => Part(path, names, "test") }
            : new DataReaders { Whole = () => Whole(path, names) };
    }

    public static DataSet Rows(string file, byte[] content) => Rows(file, Inputs(file, content), null);

    private static DataSet Rows(string file, DataSet data, Npy? labels)
    {
        int count = data.Count;
        if (labels is null)
            return data;
        if (labels.Extents.Length == 0 || labels.Extents[0] != count)
            throw new ModelException(file, $"has {count} rows and labels of shape ({string.Join(", ", labels.Extents)}); expected one label per row");
        bool isClasses = labels.Values.Length == count && Array.TrueForAll(labels.Values, value => value == Math.Floor(value) && Math.Abs(value) < int.MaxValue);
        return isClasses
            ? data with { Labels = Array.ConvertAll(labels.Values, value => (int)value) }
            : data with { Targets = Split(file, labels, count) };
    }

    private static DataSet Whole(string path, string[] names)
    {
        string file = Path.GetFileName(path);
        string inputs = names.FirstOrDefault(InputNames.Contains) ?? names.FirstOrDefault() ?? throw new ModelException(file, "holds no arrays");
        string? labels = names.FirstOrDefault(name => LabelNames.Contains(name) && name != inputs);
        return Rows(file, Npz.Read(path, inputs, content => Inputs(file, content)), labels is null ? null : Npz.Read(path, labels)[0]) with { ClassNames = ClassNames.Beside(path) };
    }

    private static DataSet Part(string path, string[] names, string part)
    {
        Npy? labels = names.Contains("y_" + part) ? Npz.Read(path, "y_" + part)[0] : null;
        string file = $"{Path.GetFileName(path)}#{part}";
        return Rows(file, Npz.Read(path, "x_" + part, content => Inputs(file, content)), labels) with { ClassNames = ClassNames.Beside(path) };
    }

    // Bytes stay bytes, as images are kept.
    private static DataSet Inputs(string file, byte[] content)
    {
        int? start = Npy.StartOfBytes(content, out int[] extents);
        int count = extents.Length == 0 ? 0 : extents[0];
        long size = extents.Skip(1).Aggregate(1L, (product, extent) => product * extent);
        if (count == 0 || size == 0)
            throw new ModelException(file, $"holds no rows: its shape is ({string.Join(", ", extents)})");
        Shape shape = extents.Length == 1 ? new Shape(1) : new Shape(extents.AsSpan(1));
        return start is int first
            ? new DataSet(file, [], null) { Bytes = ByteRows.Of(content, first, count, (int)size, (int)size, 1), Shape = shape }
            : new DataSet(file, Split(file, Npy.Parse(content), count), null) { Shape = shape };
    }

    private static double[][] Split(string file, Npy array, int count)
    {
        int size = array.Values.Length / count;
        int bad = Array.FindIndex(array.Values, value => !double.IsFinite(value));
        if (bad >= 0)
            throw new ModelException(file, $"row {bad / size} holds {array.Values[bad]} at index {bad % size}; expected finite numbers");
        var rows = new double[count][];
        for (int r = 0; r < count; r++)
            rows[r] = array.Values.AsSpan(r * size, size).ToArray();
        return rows;
    }
}
