using System.Globalization;
using Crease.Models;
using Parquet;
using Parquet.Schema;

namespace Crease.Lab;

/// <summary>Reads a Parquet file of features.</summary>
public static class FeatureFile
{
    private const long MostValues = 1L << 31;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file that <see cref="FeatureWriter"/> wrote.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no such table; the message is one line.</exception>
    public static FeatureTable Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return ReadAsync(stream, name).GetAwaiter().GetResult();
        }
        // Whatever an untrusted file brings about, the caller sees one type of error.
        catch (Exception fault) when (fault is not (ModelException or OutOfMemoryException))
        {
            throw new ModelException(name, $"cannot be read as a table of features: {Model.Reason(fault).ReplaceLineEndings(" ")}", fault);
        }
    }

    private static async Task<FeatureTable> ReadAsync(Stream stream, string name)
    {
        ParquetReader reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            Dictionary<string, DataField> columns = reader.Schema.GetDataFields().ToDictionary(field => field.Name);
            int layers = 0;
            while (Enumerable.Range(0, LayerFeatures.Count).All(feature => columns.ContainsKey(FeatureTable.NameOf(layers, feature))))
                layers++;
            if (layers == 0 || !columns.TryGetValue(FeatureSchema.RowName, out DataField? rowColumn) || !columns.TryGetValue(FeatureSchema.TokensName, out DataField? tokenColumn))
                throw new ModelException(name, $"has no columns '{FeatureSchema.RowName}', '{FeatureSchema.TokensName}' and '{FeatureTable.NameOf(0, 0)}' to '{FeatureTable.NameOf(0, LayerFeatures.Count - 1)}'; expected a file of crease language features");
            int width = layers * LayerFeatures.Count;
            HashSet<string> ours = [FeatureSchema.RowName, FeatureSchema.TokensName, .. Enumerable.Range(0, width).Select(at => FeatureTable.NameOf(at / LayerFeatures.Count, at % LayerFeatures.Count))];
            string[] fields = [.. columns.Keys.Where(column => !ours.Contains(column))];
            var rows = new List<long>();
            var tokens = new List<int>();
            var values = new List<double[]>();
            var texts = fields.ToDictionary(field => field, _ => new List<string>());
            for (int g = 0; g < reader.RowGroupCount; g++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
                if (group.RowCount < 0 || (rows.Count + group.RowCount) * width > MostValues)
                    throw new ModelException(name, $"claims {rows.Count + group.RowCount} rows of {width} features; at most {MostValues} values are accepted");
                rows.AddRange(await Numbers<long>(group, rowColumn).ConfigureAwait(false));
                tokens.AddRange(await Numbers<int>(group, tokenColumn).ConfigureAwait(false));
                foreach (string field in fields)
                {
                    texts[field].AddRange(await Texts(group, columns[field]).ConfigureAwait(false));
                }
                values.AddRange(await Features(group, columns, width).ConfigureAwait(false));
            }
            return new FeatureTable(layers, [.. rows], [.. tokens], [.. values.SelectMany(row => row)], texts.ToDictionary(text => text.Key, text => text.Value.ToArray()), reader.CustomMetadata);
        }
    }

    // Other programs add columns of their own, such as labels as numbers.
    private static async Task<string[]> Texts(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(long) || field.ClrType == typeof(int) || field.ClrType == typeof(double) || field.ClrType == typeof(bool))
        {
            return field.ClrType == typeof(long) ? await Written<long>(group, field).ConfigureAwait(false)
                : field.ClrType == typeof(int) ? await Written<int>(group, field).ConfigureAwait(false)
                : field.ClrType == typeof(double) ? await Written<double>(group, field).ConfigureAwait(false)
                : await Written<bool>(group, field).ConfigureAwait(false);
        }
        var cells = new string?[group.RowCount];
        await group.ReadAsync(field, cells.AsMemory()).ConfigureAwait(false);
        return Array.ConvertAll(cells, cell => cell ?? "");
    }

    private static async Task<string[]> Written<T>(ParquetRowGroupReader group, DataField field) where T : struct, IConvertible
    {
        if (!field.IsNullable)
            return Array.ConvertAll(await Numbers<T>(group, field).ConfigureAwait(false), number => number.ToString(CultureInfo.InvariantCulture));
        var cells = new T?[group.RowCount];
        await group.ReadAsync<T>(field, cells.AsMemory()).ConfigureAwait(false);
        return Array.ConvertAll(cells, cell => cell?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    private static async Task<T[]> Numbers<T>(ParquetRowGroupReader group, DataField field) where T : struct
    {
        var numbers = new T[group.RowCount];
        await group.ReadAsync<T>(field, numbers.AsMemory()).ConfigureAwait(false);
        return numbers;
    }

    private static async Task<double[][]> Features(ParquetRowGroupReader group, Dictionary<string, DataField> columns, int width)
    {
        double[][] rows = [.. Enumerable.Range(0, (int)group.RowCount).Select(_ => new double[width])];
        var column = new double?[rows.Length];
        for (int at = 0; at < width; at++)
        {
            await group.ReadAsync<double>(columns[FeatureTable.NameOf(at / LayerFeatures.Count, at % LayerFeatures.Count)], column.AsMemory()).ConfigureAwait(false);
            for (int row = 0; row < rows.Length; row++)
                rows[row][at] = column[row] ?? double.NaN;
        }
        return rows;
    }
}
