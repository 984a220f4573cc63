using System.Buffers.Binary;
using System.Globalization;

namespace Crease.Models;

/// <summary>Reads data sets: IDX images, CSV tables, NPZ arrays, CIFAR binaries, and the bundled examples.</summary>
/// <remarks>
/// Pixel bytes are divided by 255 and lie in [0, 1]; the pixels of UCI's optdigits (<c>.tra</c>, <c>.tes</c>, <c>example:digits</c>) are
/// divided by 16; numbers of CSV and NPZ files are taken as they are. Files are untrusted: a set of more than 2^28 numbers is refused.
/// </remarks>
public static class DataSource
{
    private const int CifarRow = 3073;
    private const long MostNumbers = 1L << 28;

    // Pixels of the UCI optdigits set run from 0 to 16.
    private const double OptdigitsScale = 1.0 / 16;

    /// <summary>Loads a data set.</summary>
    /// <param name="source">A file ending in <c>.idx .csv .npz .npy .bin</c> (each also <c>.gz</c>) or named like MNIST's, a folder that holds one, or <c>example:NAME</c>.</param>
    /// <exception cref="ModelException">The source cannot be read; the message is one line.</exception>
    public static DataSet Load(string source)
    {
        try
        {
            if (source.StartsWith(Examples.Prefix, StringComparison.Ordinal))
                return CsvTable.Read(Examples.Bytes(source[Examples.Prefix.Length..], "csv"), source, source.EndsWith("digits", StringComparison.Ordinal) ? OptdigitsScale : 1);
            string path = Directory.Exists(source) ? InFolder(source) : source;
            bool packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            string plain = packed ? path[..^3] : path, file = Path.GetFileName(path);
            if (plain.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
                return FromNpz(path, file);
            byte[] bytes = Model.Bytes(path, packed);
            return Path.GetExtension(plain).ToLowerInvariant() switch
            {
                ".csv" or ".txt" => CsvTable.Read(bytes, file, 1),
                ".tra" or ".tes" => CsvTable.Read(bytes, file, OptdigitsScale, lastIsLabel: true),
                ".npy" => Rows(file, Npy.Parse(bytes), null),
                ".bin" => Cifar(bytes, file),
                _ when plain.EndsWith("ubyte", StringComparison.Ordinal) || plain.EndsWith(".idx", StringComparison.OrdinalIgnoreCase) => Idx(bytes, file, path),
                _ => throw new ModelException(path, "the ending is not one of a data set; accepted are .csv, .npz, .npy, .bin (CIFAR), -ubyte and .idx (IDX), each also with .gz, a folder with one of them, and example:NAME"),
            };
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException or ArgumentException)
        {
            throw new ModelException(Path.GetFileName(source), fault.Message, fault);
        }
    }

    /// <summary>Loads a data set and picks rows from a text like <c>mnist/:0,5,7</c>.</summary>
    /// <param name="text">A source, a colon and comma-separated 0-based rows.</param>
    /// <exception cref="ModelException">The source cannot be read, or a row does not exist.</exception>
    /// <exception cref="FormatException">There are no rows, or they are not numbers.</exception>
    public static (DataSet Data, int[] Rows) Pick(string text)
    {
        int colon = text.LastIndexOf(':');
        int[] rows = colon < 0 ? [] : ParseRows(text[(colon + 1)..]);
        if (rows.Length == 0)
            throw new FormatException($"'{text}' names no rows; expected DATA:i or DATA:i,j,k, for example example:moons:0,1,2");
        DataSet data = Load(text[..colon]);
        foreach (int row in rows)
            data.Row(row);
        return (data, rows);
    }

    private static int[] ParseRows(string text)
    {
        string[] parts = text.Split(',');
        var rows = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out rows[i]))
                return [];
        }
        return rows;
    }

    private static string InFolder(string folder)
    {
        string[] files = Directory.GetFiles(folder);
        Array.Sort(files, StringComparer.Ordinal);
        // Test sets first, images before labels: what one looks at by default.
        string? found = Array.Find(files, file => Path.GetFileName(file).StartsWith("t10k-images", StringComparison.Ordinal))
            ?? Array.Find(files, file => file.Contains("images-idx3", StringComparison.Ordinal))
            ?? Array.Find(files, file => file.EndsWith(".bin", StringComparison.Ordinal) || file.EndsWith(".bin.gz", StringComparison.Ordinal))
            ?? Array.Find(files, file => file.EndsWith(".npz", StringComparison.Ordinal) || file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal));
        return found ?? throw new ModelException(folder, "holds no data set; accepted are IDX images, CIFAR .bin, .npz and .csv files");
    }

    private static DataSet Idx(byte[] bytes, string file, string path)
    {
        double[][] inputs = IdxRows(bytes, file);
        string labels = path.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal);
        if (labels == path || !File.Exists(labels))
            return new DataSet(file, inputs, null);
        double[][] read = IdxRows(Model.Bytes(labels, labels.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)), Path.GetFileName(labels));
        return new DataSet(file, inputs, read.Length == inputs.Length ? Array.ConvertAll(read, row => (int)Math.Round(row[0] * 255)) : null);
    }

    private static double[][] IdxRows(byte[] bytes, string file)
    {
        if (bytes.Length < 8 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 || bytes[3] is < 1 or > 4)
            throw new ModelException(file, "is not an IDX file of unsigned bytes");
        int axes = bytes[3], start = 4 + 4 * axes;
        long count = bytes.Length < start ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)), size = 1;
        for (int axis = 1; axis < axes; axis++)
            size = Math.Min(size * BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + 4 * axis)), 1L << 40);
        if (count < 1 || size < 1 || count * size != bytes.Length - start || count > int.MaxValue)
            throw new ModelException(file, $"claims {count} rows of {size} bytes and holds {Math.Max(0, bytes.Length - start)}");
        return Bytes(file, bytes, start, (int)count, (int)size, (int)size);
    }

    private static DataSet Cifar(byte[] bytes, string file)
    {
        if (bytes.Length == 0 || bytes.Length % CifarRow != 0)
            throw new ModelException(file, $"has {bytes.Length} bytes; a CIFAR binary has a multiple of {CifarRow} (label and 3 x 32 x 32 pixels)");
        int count = bytes.Length / CifarRow;
        return new DataSet(file, Bytes(file, bytes, 1, count, CifarRow - 1, CifarRow), [.. Enumerable.Range(0, count).Select(row => (int)bytes[row * CifarRow])]);
    }

    private static double[][] Bytes(string file, byte[] bytes, int start, int count, int size, int step)
    {
        if ((long)count * size > MostNumbers)
            throw new ModelException(file, $"holds {count} rows of {size} numbers; at most {MostNumbers} numbers are accepted");
        var rows = new double[count][];
        for (int r = 0; r < count; r++)
        {
            rows[r] = new double[size];
            for (int i = 0; i < size; i++)
                rows[r][i] = bytes[start + (long)r * step + i] / 255.0;
        }
        return rows;
    }

    private static DataSet FromNpz(string path, string file)
    {
        string[] names = Npz.Names(path);
        string inputs = names.FirstOrDefault(name => name is "x" or "X" or "data" or "inputs" or "images") ?? names.FirstOrDefault() ?? throw new ModelException(file, "holds no arrays");
        string? labels = names.FirstOrDefault(name => name is "y" or "Y" or "labels" or "targets");
        return Rows(file, Npz.Read(path, inputs)[0], labels is null ? null : Npz.Read(path, labels)[0]);
    }

    private static DataSet Rows(string file, Npy inputs, Npy? labels)
    {
        int count = inputs.Extents.Length == 0 ? 0 : inputs.Extents[0];
        if (count == 0 || inputs.Values.Length == 0)
            throw new ModelException(file, $"holds no rows: its shape is ({string.Join(", ", inputs.Extents)})");
        int size = inputs.Values.Length / count;
        var rows = new double[count][];
        int bad = Array.FindIndex(inputs.Values, value => !double.IsFinite(value));
        if (bad >= 0)
            throw new ModelException(file, $"row {bad / size} holds {inputs.Values[bad]} at index {bad % size}; expected finite numbers");
        for (int r = 0; r < count; r++)
            rows[r] = inputs.Values.AsSpan(r * size, size).ToArray();
        return new DataSet(file, rows, labels?.Values.Length == count ? Array.ConvertAll(labels.Values, value => (int)value) : null);
    }
}
