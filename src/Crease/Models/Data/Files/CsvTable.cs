using System.Globalization;
using System.Text;

namespace Crease.Models;

/// <summary>Reads comma-separated tables of numbers.</summary>
/// <remarks>
/// The first line is a header when its first cell is no number. A column called <c>label</c>, <c>class</c> or <c>target</c>, or <c>y</c>
/// where no column is called <c>x</c>, holds labels; without a header there are none. A column called <c>target</c> that holds other numbers than
/// whole ones holds targets.
/// </remarks>
internal static class CsvTable
{
    private const int LongestText = 1 << 28;
    private const int MostRows = 1 << 24;

    public static DataSet Read(byte[] bytes, string file, double scale, bool lastIsLabel = false)
    {
        if (bytes.Length > LongestText)
            throw new ModelException(file, $"has {bytes.Length} bytes; a table of at most {LongestText} is accepted");
        using var lines = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        var inputs = new List<double[]>();
        var labels = new List<double>();
        bool mayBeTargets = false;
        int columns = 0, labelColumn = -1, number = 0;
        while (lines.ReadLine() is string line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (columns == 0)
            {
                columns = cells.Length;
                bool named = !double.TryParse(cells[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
                labelColumn = named ? LabelColumn(cells) : lastIsLabel ? columns - 1 : -1;
                mayBeTargets = named && labelColumn >= 0 && cells[labelColumn].Equals("target", StringComparison.OrdinalIgnoreCase);
                if (named)
                    continue;
            }
            if (cells.Length != columns)
                throw new ModelException(file, $"line {number} has {cells.Length} cells; expected {columns}");
            if (inputs.Count == MostRows)
                throw new ModelException(file, $"has more than {MostRows} rows");
            inputs.Add(Row(cells, labelColumn, scale, labels, mayBeTargets, file, number));
        }
        if (inputs.Count == 0)
            throw new ModelException(file, columns == 0 ? "is empty; expected a table of numbers" : "has a header and no rows");
        if (inputs[0].Length == 0)
            throw new ModelException(file, "has labels and no other column");
        return labels.TrueForAll(IsClass)
            ? new DataSet(file, [.. inputs], labelColumn < 0 ? null : [.. labels.Select(label => (int)label)])
            : new DataSet(file, [.. inputs], null) { Targets = [.. labels.Select(target => new[] { target })] };
    }

    private static double[] Row(string[] cells, int labelColumn, double scale, List<double> labels, bool mayBeTargets, string file, int line)
    {
        var row = new double[cells.Length - (labelColumn < 0 ? 0 : 1)];
        for (int c = 0, at = 0; c < cells.Length; c++)
        {
            if (!double.TryParse(cells[c], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                throw new ModelException(file, $"line {line} holds '{cells[c]}' in column {c + 1}; expected a finite number");
            if (c != labelColumn)
                row[at++] = value * scale;
            else if (mayBeTargets || IsClass(value))
                labels.Add(value);
            else
                throw new ModelException(file, $"line {line} holds the label '{cells[c]}'; expected a whole number");
        }
        return row;
    }

    private static bool IsClass(double value) => value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue;

    private static int LabelColumn(string[] header)
    {
        int named = Array.FindIndex(header, name => name.ToLowerInvariant() is "label" or "class" or "target");
        return named >= 0 || header.Contains("x") ? named : Array.IndexOf(header, "y");
    }
}
