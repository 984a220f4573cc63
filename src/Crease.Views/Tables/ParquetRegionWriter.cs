using System.IO.Compression;
using Crease.Geometry;
using Parquet;
using Parquet.Schema;

namespace Crease.Views;

/// <summary>Writes regions as a Parquet file, one row group at a time.</summary>
internal sealed class ParquetRegionWriter : IRegionWriter
{
    /// <summary>Rows of a group: about 13 MB before compression, and one footer entry per 131,072 regions.</summary>
    public const int RowsPerGroup = 1 << 17;

    private const int PoolBytes = 64 << 20;

    private static readonly DataField<long> Region = new("region");
    private static readonly DataField<int> Class = new("class");
    private static readonly DataField<double> Area = new("area");
    private static readonly DataField<double> SlopeNorm = new("slopeNorm");
    private static readonly DataField<ulong> CodeHash = new("codeHash");
    private static readonly DataField<double> X = new(ListField.ElementName), Y = new(ListField.ElementName);
    private static readonly ParquetSchema Schema = new(Region, Class, Area, SlopeNorm, CodeHash, new ListField("x", X), new ListField("y", Y));

    private readonly RegionColumns _columns;
    private readonly ParquetWriter _writer;
    private int[] _full = [];

    public ParquetRegionWriter(Stream stream, int rowsPerGroup = RowsPerGroup)
    {
        _columns = new RegionColumns(rowsPerGroup);
        // Areas, norms, hashes and coordinates hardly repeat: dictionaries of them would only cost time. The pool of buffers is unbounded unless told.
        _writer = Now(ParquetWriter.CreateAsync(Schema, stream, new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Snappy,
            CompressionLevel = CompressionLevel.Fastest,
            DictionaryEncodingThreshold = 0,
            MaximumSmallPoolFreeBytes = PoolBytes,
            MaximumLargePoolFreeBytes = PoolBytes,
        }));
    }

    public void Add(RegionView region)
    {
        _columns.Add(region);
        if (_columns.IsFull)
            WriteGroup();
    }

    public void Finish(IReadOnlyDictionary<string, string> metadata)
    {
        if (_columns.Rows > 0)
            WriteGroup();
        _writer.CustomMetadata = metadata;
        Now(_writer.DisposeAsync().AsTask());
    }

    private void WriteGroup() => Now(WriteGroupAsync());

    private async Task WriteGroupAsync()
    {
        int rows = _columns.Rows;
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        await group.WriteAsync<long>(Region, _columns.Regions.AsMemory(0, rows)).ConfigureAwait(false);
        await group.WriteAsync<int>(Class, _columns.Classes.AsMemory(0, rows)).ConfigureAwait(false);
        await group.WriteAsync<double>(Area, _columns.Areas.AsMemory(0, rows)).ConfigureAwait(false);
        await group.WriteAsync<double>(SlopeNorm, _columns.SlopeNorms.AsMemory(0, rows)).ConfigureAwait(false);
        await group.WriteAsync<ulong>(CodeHash, _columns.CodeHashes.AsMemory(0, rows)).ConfigureAwait(false);
        await group.WriteAllPartsAsync(X, _columns.X, Present(), _columns.Levels, CancellationToken.None).ConfigureAwait(false);
        await group.WriteAllPartsAsync(Y, _columns.Y, Present(), _columns.Levels, CancellationToken.None).ConfigureAwait(false);
        group.CompleteValidate();
        _columns.Clear();
    }

    // No list and no coordinate is missing, so every definition level is the largest.
    private ReadOnlyMemory<int> Present()
    {
        if (_full.Length < _columns.Corners)
        {
            _full = new int[Math.Max(_columns.Corners, 2 * _full.Length)];
            Array.Fill(_full, X.MaxDefinitionLevel);
        }
        return _full.AsMemory(0, _columns.Corners);
    }

    // The engine hands regions over synchronously, and files are written on its thread.
    private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Now(Task task) => task.GetAwaiter().GetResult();
}
