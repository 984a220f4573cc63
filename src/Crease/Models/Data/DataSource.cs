using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Crease.Models;

/// <summary>Reads data sets: IDX images, CSV tables, NPZ arrays, CIFAR binaries, and the bundled examples.</summary>
/// <remarks>Pixel bytes are divided by 255 and lie in [0, 1]; numbers of CSV and NPZ files are taken as they are.</remarks>
public static class DataSource
{
    private const int CifarRow = 3073;
    private const int LargestSet = 1 << 28;

    /// <summary>Loads a data set.</summary>
    /// <param name="source">A file ending in <c>.idx .csv .npz .npy .bin</c> (each also <c>.gz</c>) or named like MNIST's, a folder that holds one, or <c>example:NAME</c>.</param>
    /// <exception cref="ModelException">The source cannot be read; the message is one line.</exception>
    public static DataSet Load(string source)
    {
        try
        {
            if (source.StartsWith(Examples.Prefix, StringComparison.Ordinal))
                return Csv(Encoding.UTF8.GetString(Examples.Bytes(source[Examples.Prefix.Length..], "csv")), source, source.EndsWith("digits", StringComparison.Ordinal) ? 1.0 / 16 : 1);
            string path = Directory.Exists(source) ? InFolder(source) : source;
            bool packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            string plain = packed ? path[..^3] : path, file = Path.GetFileName(path);
            if (plain.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
                return FromNpz(path, file);
            byte[] bytes = Model.Bytes(path, packed);
            return Path.GetExtension(plain).ToLowerInvariant() switch
            {
                ".csv" or ".txt" or ".tra" or ".tes" => Csv(Encoding.UTF8.GetString(bytes), file, 1),
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
        return Bytes(bytes, start, (int)count, (int)size, (int)size);
    }

    private static DataSet Cifar(byte[] bytes, string file)
    {
        if (bytes.Length == 0 || bytes.Length % CifarRow != 0)
            throw new ModelException(file, $"has {bytes.Length} bytes; a CIFAR binary has a multiple of {CifarRow} (label and 3 x 32 x 32 pixels)");
        int count = bytes.Length / CifarRow;
        return new DataSet(file, Bytes(bytes, 1, count, CifarRow - 1, CifarRow), [.. Enumerable.Range(0, count).Select(row => (int)bytes[row * CifarRow])]);
    }

    private static double[][] Bytes(byte[] bytes, int start, int count, int size, int step)
    {
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
        if (count == 0)
            throw new ModelException(file, "holds no rows");
        int size = inputs.Values.Length / count;
        var rows = new double[count][];
        for (int r = 0; r < count; r++)
            rows[r] = inputs.Values.AsSpan(r * size, size).ToArray();
        return new DataSet(file, rows, labels?.Values.Length == count ? Array.ConvertAll(labels.Values, value => (int)value) : null);
    }

    // A header line is one whose first cell is no number; a column called 'label', 'class' or 'target' (or 'y' beside no 'x') holds labels.
    private static DataSet Csv(string text, string file, double scale)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0 || text.Length > LargestSet)
            throw new ModelException(file, $"has {lines.Length} lines and {text.Length} characters; expected a table of at most {LargestSet} characters");
        string[] header = lines[0].Split(',', StringSplitOptions.TrimEntries);
        bool named = !IsNumber(header[0]);
        int labelColumn = named ? LabelColumn(header) : -1;
        int first = named ? 1 : 0;
        if (lines.Length == first)
            throw new ModelException(file, "has a header and no rows");
        var inputs = new double[lines.Length - first][];
        int[]? labels = labelColumn < 0 ? null : new int[inputs.Length];
        for (int r = 0; r < inputs.Length; r++)
        {
            string[] cells = lines[r + first].Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != header.Length)
                throw new ModelException(file, $"line {r + first + 1} has {cells.Length} cells; expected {header.Length}");
            inputs[r] = new double[cells.Length - (labels is null ? 0 : 1)];
            for (int c = 0, at = 0; c < cells.Length; c++)
            {
                if (!double.TryParse(cells[c], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                    throw new ModelException(file, $"line {r + first + 1} holds '{cells[c]}' in column {c + 1}; expected a finite number");
                if (c == labelColumn)
                    labels![r] = (int)value;
                else
                    inputs[r][at++] = value * scale;
            }
        }
        return new DataSet(file, inputs, labels);
    }

    private static int LabelColumn(string[] header)
    {
        int named = Array.FindIndex(header, name => name.ToLowerInvariant() is "label" or "class" or "target");
        return named >= 0 || header.Contains("x") ? named : Array.IndexOf(header, "y");
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
