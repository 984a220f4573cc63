using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>A region as it is read back from a table.</summary>
internal sealed record TableRow(long Region, int Class, double Area, double SlopeNorm, ulong CodeHash, double[] X, double[] Y);

/// <summary>Tables read back by means that share nothing with the writers.</summary>
internal static class TableRows
{
    public static async Task<(List<TableRow> Rows, IReadOnlyDictionary<string, string> Metadata, long[] Groups)> OfParquet(Stream stream)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: TestContext.Current.CancellationToken);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal(["region", "class", "area", "slopeNorm", "codeHash", "x/list/element", "y/list/element"], fields.Select(field => field.Path.ToString()));
        var rows = new List<TableRow>();
        var groups = new long[reader.RowGroupCount];
        for (int g = 0; g < groups.Length; g++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
            groups[g] = group.RowCount;
            long[] regions = await Column<long>(group, fields[0]);
            int[] classes = await Column<int>(group, fields[1]);
            double[] areas = await Column<double>(group, fields[2]), norms = await Column<double>(group, fields[3]);
            ulong[] hashes = await Column<ulong>(group, fields[4]);
            List<double[]> x = await Lists(group, fields[5]), y = await Lists(group, fields[6]);
            for (int r = 0; r < regions.Length; r++)
                rows.Add(new TableRow(regions[r], classes[r], areas[r], norms[r], hashes[r], x[r], y[r]));
        }
        return (rows, reader.CustomMetadata, groups);
    }

    public static List<TableRow> OfCsv(string text)
    {
        string[] lines = text.Split('\n');
        Assert.Equal(("region,class,area,slopeNorm,codeHash,x,y", ""), (lines[0], lines[^1]));
        return [.. lines[1..^1].Select(line => line.Split(',')).Select(cells => new TableRow(
            long.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), Number(cells[2]), Number(cells[3]),
            ulong.Parse(cells[4], NumberStyles.HexNumber, CultureInfo.InvariantCulture), [.. cells[5].Split(' ').Select(Number)], [.. cells[6].Split(' ').Select(Number)]))];
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static async Task<T[]> Column<T>(ParquetRowGroupReader group, DataField field) where T : struct
    {
        var values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), null, TestContext.Current.CancellationToken);
        return values;
    }

    private static async Task<List<double[]>> Lists(ParquetRowGroupReader group, DataField field)
    {
        using RawColumnData column = await group.ReadRawColumnDataBaseAsync(field, TestContext.Current.CancellationToken);
        ReadOnlySpan<double> values = ((RawColumnData<double>)column).Values;
        var lists = new List<double[]>();
        ReadOnlySpan<int> levels = column.RepetitionLevels;
        for (int i = 0, start = 0; i < values.Length; i++)
        {
            if (i + 1 < values.Length && levels[i + 1] != 0)
                continue;
            lists.Add(values[start..(i + 1)].ToArray());
            start = i + 1;
        }
        return lists;
    }
}
