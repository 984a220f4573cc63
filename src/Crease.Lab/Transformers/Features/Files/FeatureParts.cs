using System.Globalization;
using Crease.Models;
using Parquet;
using Parquet.Schema;

namespace Crease.Lab;

/// <summary>The row groups of a Parquet file of features.</summary>
internal sealed class FeatureParts : IDisposable
{
    private const long MostValues = 1L << 31;

    // A column of one value takes a few bytes whatever its length, which a file of features has no use for.
    private const long ValuesPerByte = 1024;

    private readonly ParquetReader _reader;
    private readonly string _name;
    private readonly long _bytes;
    private readonly Dictionary<string, DataField> _columns;
    private readonly int _layers;
    private readonly string[] _fields;
    private long _values;

    private FeatureParts(ParquetReader reader, string name, long bytes)
    {
        (_reader, _name, _bytes) = (reader, name, bytes);
        _columns = reader.Schema.GetDataFields().ToDictionary(field => field.Name);
        while (Enumerable.Range(0, LayerFeatures.Count).All(feature => _columns.ContainsKey(FeatureTable.NameOf(_layers, feature))))
            _layers++;
        if (_layers == 0 || !_columns.ContainsKey(FeatureSchema.RowName) || !_columns.ContainsKey(FeatureSchema.TokensName))
            throw new ModelException(name, $"has no columns '{FeatureSchema.RowName}', '{FeatureSchema.TokensName}' and '{FeatureTable.NameOf(0, 0)}' to '{FeatureTable.NameOf(0, LayerFeatures.Count - 1)}'; expected a file of crease language features");
        HashSet<string> ours = [FeatureSchema.RowName, FeatureSchema.TokensName, .. Enumerable.Range(0, _layers * LayerFeatures.Count).Select(at => FeatureTable.NameOf(at / LayerFeatures.Count, at % LayerFeatures.Count))];
        _fields = [.. _columns.Keys.Where(column => !ours.Contains(column))];
    }

    /// <summary>How many there are.</summary>
    public int Count => _reader.RowGroupCount;

    /// <summary>Opens a file.</summary>
    /// <param name="stream">The file; it stays open.</param>
    /// <param name="name">Its name, for messages.</param>
    public static FeatureParts Open(Stream stream, string name)
    {
        ParquetReader reader = ParquetReader.CreateAsync(stream, leaveStreamOpen: true).GetAwaiter().GetResult();
        try
        {
            return new FeatureParts(reader, name, stream.Length);
        }
        catch
        {
            Close(reader);
            throw;
        }
    }

    /// <summary>Reads one; of a file without any, an empty table.</summary>
    /// <param name="part">Index, in order.</param>
    public FeatureTable Read(int part) => ReadAsync(part).GetAwaiter().GetResult();

    public void Dispose() => Close(_reader);

    private static void Close(ParquetReader reader) => reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<FeatureTable> ReadAsync(int part)
    {
        if (part >= Count)
            return new FeatureTable(_layers, [], [], [], _fields.ToDictionary(field => field, _ => Array.Empty<string>()), _reader.CustomMetadata);
        int width = _layers * LayerFeatures.Count;
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(part);
        long most = Math.Min(MostValues, ValuesPerByte * _bytes), left = most - _values;
        if (group.RowCount < 0 || group.RowCount > left / width)
            throw new ModelException(_name, $"claims {group.RowCount} rows of {width} features in a part; at most {left / width} more are accepted from a file of {_bytes} bytes");
        _values += group.RowCount * width;
        long[] rows = await Numbers<long>(group, _columns[FeatureSchema.RowName]).ConfigureAwait(false);
        int[] tokens = await Numbers<int>(group, _columns[FeatureSchema.TokensName]).ConfigureAwait(false);
        var texts = new Dictionary<string, string[]>();
        foreach (string field in _fields)
            texts[field] = await Texts(group, _columns[field]).ConfigureAwait(false);
        return new FeatureTable(_layers, [.. rows], [.. tokens], await Features(group, width).ConfigureAwait(false), texts, _reader.CustomMetadata);
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

    private async Task<double[]> Features(ParquetRowGroupReader group, int width)
    {
        var values = new double[group.RowCount * width];
        var column = new double?[group.RowCount];
        for (int at = 0; at < width; at++)
        {
            await group.ReadAsync<double>(_columns[FeatureTable.NameOf(at / LayerFeatures.Count, at % LayerFeatures.Count)], column.AsMemory()).ConfigureAwait(false);
            for (int row = 0; row < column.Length; row++)
                values[row * width + at] = column[row] ?? double.NaN;
        }
        return values;
    }
}
