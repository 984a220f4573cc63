using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Views;

/// <summary>Streams the regions of a slice to a table: any number of regions in bounded memory.</summary>
/// <remarks>
/// Columns: region (0-based, in the order of <see cref="Partition"/>), class, area, slopeNorm, codeHash, and the corners x and y, counter-clockwise,
/// in slice coordinates. Cost: that of <see cref="PlanarPartitioner.Stream"/> and some two microseconds per region; memory for one row group.
/// The same call writes the same bytes.
/// </remarks>
public static class RegionTable
{
    /// <summary>The endings that <see cref="Save"/> accepts.</summary>
    public const string Accepted = ".parquet, .csv";

    /// <summary>Streams to a file, which appears whole or not at all; a job that a limit or the user ends leaves a whole file with the regions so far.</summary>
    /// <param name="path">Ends in <c>.parquet</c> or <c>.csv</c>.</param>
    /// <param name="partitioner">The prepared network.</param>
    /// <param name="slice">A two-dimensional slice of the network's input space.</param>
    /// <param name="run">Seed (recorded), cancellation, clock, progress; null for the defaults.</param>
    /// <param name="options">Limits; null for none.</param>
    /// <param name="also">Sees each region too, or null.</param>
    /// <returns>How much was written, and whether that is all.</returns>
    /// <exception cref="ArgumentException">The ending is none of the accepted, or as for <see cref="PlanarPartitioner.Stream"/>.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing of it is left.</exception>
    public static PartitionTotals Save(string path, PlanarPartitioner partitioner, Slice slice, RunContext? run = null, CutOptions? options = null, RegionVisitor? also = null)
    {
        RegionTableFormat format = FormatOf(path);
        PartitionTotals? totals = null;
        FigureFile.Write(path, stream => totals = Write(stream, format, partitioner, slice, run, options, also));
        return totals!;
    }

    /// <summary>Streams to an open stream, which stays open.</summary>
    /// <param name="stream">Writable; for Parquet one that knows its position.</param>
    /// <param name="format">Kind of table.</param>
    /// <param name="partitioner">The prepared network.</param>
    /// <param name="slice">A two-dimensional slice of the network's input space.</param>
    /// <param name="run">As for <see cref="Save"/>.</param>
    /// <param name="options">As for <see cref="Save"/>.</param>
    /// <param name="also">As for <see cref="Save"/>.</param>
    /// <returns>How much was written, and whether that is all.</returns>
    public static PartitionTotals Write(Stream stream, RegionTableFormat format, PlanarPartitioner partitioner, Slice slice, RunContext? run = null, CutOptions? options = null, RegionVisitor? also = null)
    {
        run ??= RunContext.Default;
        IRegionWriter writer = format == RegionTableFormat.Csv ? new CsvRegionWriter(new Utf8Sink(stream)) : new ParquetRegionWriter(stream);
        PartitionTotals totals = partitioner.Stream(slice, region =>
        {
            writer.Add(region);
            also?.Invoke(region);
        }, run, options);
        writer.Finish(TableMetadata.Of(partitioner.Network, slice, totals, run.Seed));
        return totals;
    }

    /// <summary>The kind of table that a file's ending names.</summary>
    /// <param name="path">Name of a file.</param>
    /// <exception cref="ArgumentException">The ending is none of the accepted.</exception>
    public static RegionTableFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" => RegionTableFormat.Parquet,
        ".csv" => RegionTableFormat.Csv,
        string ending => throw new ArgumentException($"'path' ends in '{ending}'; accepted endings are {Accepted}.", nameof(path)),
    };
}
