using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Labeled points as text: one point per line, its coordinates and then its class, separated by commas.</summary>
/// <remarks>Exactness: exact; numbers are written with the fewest digits that read back as the same number.</remarks>
public static class LabeledCsv
{
    private const long LargestFile = 1L << 30;

    /// <summary>Reads a file; a first line that does not start with a number is its header and is passed over.</summary>
    /// <param name="path">The file, at most 1 GiB.</param>
    /// <exception cref="InvalidDataException">
    /// The file is too large, or a line has another number of columns than the first, or holds something else than numbers; the message
    /// names the line.
    /// </exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static LabeledData Read(string path)
    {
        string name = Path.GetFileName(path);
        if (new FileInfo(path).Length > LargestFile)
            throw new InvalidDataException($"{name}: the file has more than {LargestFile} bytes; smaller ones are accepted");
        var inputs = new List<double>();
        var labels = new List<int>();
        int number = 0, columns = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] cells = line.Split(',');
            if (line.Length == 0 || (number == 1 && !TryNumber(cells[0], out _)))
                continue;
            columns = columns == 0 ? cells.Length : columns;
            if (cells.Length != columns || columns < 2)
                throw new InvalidDataException($"{name}: line {number} has {cells.Length} columns; expected {Math.Max(columns, 2)} with the class last");
            foreach (string cell in cells.AsSpan(0, columns - 1))
                inputs.Add(TryNumber(cell, out double input) ? input : throw Unreadable(name, number, cell, "a finite number"));
            labels.Add(TryClass(cells[^1], out int label) ? label : throw Unreadable(name, number, cells[^1], "a class from 0"));
        }
        if (labels.Count == 0)
            throw new InvalidDataException($"{name}: there is no point in the file; expected one per line");
        return new LabeledData([.. inputs], [.. labels]);
    }

    /// <summary>Writes a file with a header.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="data">The points.</param>
    /// <param name="columns">Names of the coordinates. Shape [features].</param>
    /// <exception cref="ArgumentException">There is not one name per coordinate.</exception>
    public static void Write(string path, LabeledData data, IReadOnlyList<string> columns)
    {
        if (columns.Count != data.Features)
            throw new ArgumentException($"'columns' has {columns.Count} names; expected {data.Features}, one per coordinate.", nameof(columns));
        var text = new StringBuilder().AppendJoin(',', columns).Append(",label\n");
        for (int sample = 0; sample < data.Samples; sample++)
        {
            foreach (double input in data.Inputs.Slice(sample * data.Features, data.Features))
                text.Append(input.ToString("R", CultureInfo.InvariantCulture)).Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{data.Labels[sample]}\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    private static bool TryNumber(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static bool TryClass(string cell, out int label) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out label) && label < int.MaxValue;

    private static InvalidDataException Unreadable(string name, int number, string cell, string expected) =>
        new($"{name}: line {number} has '{(cell.Length <= 40 ? cell : cell[..40])}'; expected {expected}");
}
