using System.Text;
using Crease.Geometry;
using Crease.Numerics;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Streamed tables hold the regions of the cut, say what they are, and appear whole or not at all.</summary>
public sealed class RegionTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crease-").FullName;

    [Fact]
    public async Task Parquet_rows_are_the_regions_of_the_cut_in_order()
    {
        PlanarPartitioner partitioner = Partitions.Random(24);
        using var stream = new MemoryStream();
        PartitionTotals totals = RegionTable.Write(stream, RegionTableFormat.Parquet, partitioner, Partitions.Box, new RunContext { Seed = 7 });
        (List<TableRow> rows, IReadOnlyDictionary<string, string> metadata, _) = await TableRows.OfParquet(stream);
        Compare(partitioner.Cut(Partitions.Box), totals, rows);
        Assert.Equal("complete", metadata["crease.status"]);
        Assert.Equal("random", metadata["crease.network"]);
        Assert.Equal("7", metadata["crease.seed"]);
        Assert.Equal("[[-10, -10], [10, -10], [10, 10], [-10, 10]]", metadata["crease.domain"]);
        Assert.Matches(@"^\d+\.\d+\.\d+$", metadata["crease.version"]);
        Assert.Equal($"{rows.Count}", metadata["crease.regions"]);
    }

    [Fact]
    public void Text_rows_are_the_regions_of_the_cut_in_order()
    {
        PlanarPartitioner partitioner = Partitions.Random(24);
        using var stream = new MemoryStream();
        PartitionTotals totals = RegionTable.Write(stream, RegionTableFormat.Csv, partitioner, Partitions.Box);
        Compare(partitioner.Cut(Partitions.Box), totals, TableRows.OfCsv(Encoding.UTF8.GetString(stream.ToArray())));
    }

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.csv")]
    public void The_same_call_writes_the_same_bytes(string name)
    {
        foreach (string at in new[] { "1" + name, "2" + name })
            RegionTable.Save(File(at), Partitions.Random(24), Partitions.Box, new RunContext { Threads = at[0] - '0' });
        Assert.Equal(System.IO.File.ReadAllBytes(File("1" + name)), System.IO.File.ReadAllBytes(File("2" + name)));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Row_groups_are_bounded_and_together_hold_all_rows()
    {
        const int Rows = 100;
        PlanarPartitioner partitioner = Partitions.Random(24);
        using var stream = new MemoryStream();
        var writer = new ParquetRegionWriter(stream, Rows);
        PartitionTotals totals = partitioner.Stream(Partitions.Box, writer.Add);
        writer.Finish(new Dictionary<string, string>());
        (List<TableRow> rows, _, long[] groups) = await TableRows.OfParquet(stream);
        Compare(partitioner.Cut(Partitions.Box), totals, rows);
        Assert.True(groups.Length > 5);
        Assert.All(groups[..^1], group => Assert.Equal(Rows, group));
        Assert.Equal(rows.Count, groups.Sum());
    }

    [Fact]
    public void Regions_with_many_corners_fill_a_row_group_early()
    {
        double[] circle = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i / 1000.0))];
        var columns = new RegionColumns(100);
        int added = 0;
        for (; !columns.IsFull; added++)
            columns.Add(new RegionView { Index = added, X = circle, Y = circle, Area = 0, Class = 0, SlopeNorm = 0, CodeHash = 0 });
        Assert.Equal((1, 1000), (added, columns.Corners));
        Assert.Equal(circle, columns.Y.ToArray());
        Assert.Equal((0, 999), (columns.Levels.Span[0], columns.Levels.ToArray().Sum()));
    }

    [Theory]
    [InlineData("t.parquet", 100)]
    [InlineData("t.csv", 100)]
    [InlineData("t.parquet", 0)]
    [InlineData("t.csv", 0)]
    public async Task A_stopped_job_leaves_a_whole_file_with_a_prefix(string name, int most)
    {
        PlanarPartitioner partitioner = Partitions.Random(24);
        using var stop = new CancellationTokenSource();
        if (most == 0)
            await stop.CancelAsync();
        PartitionTotals totals = RegionTable.Save(File(name), partitioner, Partitions.Box, new RunContext { Cancellation = stop.Token }, new CutOptions { MaxRegions = Math.Max(most, 1) });
        Assert.Equal(most == 0 ? Status.Interrupted : Status.BudgetExhausted, totals.Status);
        List<TableRow> rows;
        if (name.EndsWith(".csv", StringComparison.Ordinal))
        {
            rows = TableRows.OfCsv(System.IO.File.ReadAllText(File(name)));
        }
        else
        {
            using FileStream file = System.IO.File.OpenRead(File(name));
            (rows, IReadOnlyDictionary<string, string> metadata, _) = await TableRows.OfParquet(file);
            Assert.Equal(most == 0 ? "interrupted" : "budgetExhausted", metadata["crease.status"]);
        }
        Assert.Equal(most, rows.Count);
        Compare(partitioner.Cut(Partitions.Box), totals, rows);
        Assert.Equal([File(name)], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(RegionTableFormat.Parquet)]
    [InlineData(RegionTableFormat.Csv)]
    public void A_full_disk_is_told_and_the_target_left_as_it_was(RegionTableFormat format)
    {
        string path = File(format == RegionTableFormat.Csv ? "t.csv" : "t.parquet");
        System.IO.File.WriteAllText(path, "before");
        var fault = Assert.Throws<IOException>(() => FigureFile.Write(path, file => RegionTable.Write(new FullDisk(file, 50_000), format, Partitions.Random(64), Partitions.Box)));
        Assert.Equal($"{path}: cannot be written (No space left on device)", fault.Message);
        Assert.Equal("before", System.IO.File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.csv")]
    public void A_folder_that_vanishes_is_told(string name)
    {
        string folder = Directory.CreateDirectory(File("inner")).FullName, path = Path.Combine(folder, name);
        var fault = Assert.Throws<IOException>(() => RegionTable.Save(path, Partitions.Random(24), Partitions.Box, also: region =>
        {
            if (region.Index == 50)
                Directory.Delete(folder, recursive: true);
        }));
        Assert.StartsWith($"{path}: cannot be written (", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_failing_visitor_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => RegionTable.Save(File("t.parquet"), Partitions.Random(24), Partitions.Box, also: _ => throw new InvalidOperationException("stop")));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Other_endings_are_refused() =>
        Assert.Contains("accepted endings are .parquet, .csv", Assert.Throws<ArgumentException>(() => RegionTable.Save(File("t.svg"), Partitions.Random(8), Partitions.Box)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Compare(Partition partition, PartitionTotals totals, List<TableRow> rows)
    {
        Assert.Equal(totals.Regions, rows.Count);
        Assert.True(totals.Status != Status.Complete || rows.Count == partition.RegionCount);
        for (int r = 0; r < rows.Count; r++)
        {
            TableRow row = rows[r];
            Assert.Equal((r, partition.Classes[r], partition.CodeHashes[r]), (row.Region, row.Class, row.CodeHash));
            Assert.Equal(partition.Areas[r], row.Area, 1e-11);
            Assert.Equal(partition.SlopeNorms[r], row.SlopeNorm, 1e-11 * (1 + row.SlopeNorm));
            double[] polygon = partition.Polygon(r);
            Assert.Equal((polygon.Length / 2, polygon.Length / 2), (row.X.Length, row.Y.Length));
            for (int i = 0; i < row.X.Length; i++)
            {
                Assert.Equal(polygon[2 * i], row.X[i], 1e-8);
                Assert.Equal(polygon[2 * i + 1], row.Y[i], 1e-8);
            }
        }
    }

    private string File(string name) => Path.Combine(_folder, name);
}
