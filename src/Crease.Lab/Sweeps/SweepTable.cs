using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Crease.Lab;

/// <summary>Rows of a sweep as a table: run, axes, seed, status, message, step, and the measures; the same rows give the same bytes.</summary>
public static class SweepTable
{
    /// <summary>Names of the columns.</summary>
    /// <param name="result">What was found.</param>
    public static ImmutableArray<string> Columns(SweepResult result) => ["run", .. result.Grid.Axes.Select(axis => axis.Name), "seed", "status", "message", "step", .. result.Measures];

    /// <summary>Writes CSV with a header; a number that is missing leaves its cell empty.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="stream">Where the bytes go, UTF-8; it stays open.</param>
    public static void WriteCsv(SweepResult result, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Columns(result)));
        foreach (SweepRow row in result.Rows)
        {
            IEnumerable<string> cells =
            [
                row.Run.Point.Name, .. result.Grid.Axes.Select(axis => row.Run.Point.Values[axis.Name] ?? ""), row.Run.Point.Seed.ToString(CultureInfo.InvariantCulture),
                row.Status, row.Message ?? "", row.Step?.ToString(CultureInfo.InvariantCulture) ?? "",
                .. result.Measures.Select(measure => row.Values.TryGetValue(measure, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : ""),
            ];
            writer.WriteLine(string.Join(',', cells.Select(CsvCell.Of)));
        }
    }

    /// <summary>Writes Parquet: axes of numbers as numbers, other axes as texts.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="stream">Writable, knows its position; stays open.</param>
    public static void WriteParquet(SweepResult result, Stream stream) => WriteAsync(result, stream).GetAwaiter().GetResult();

    private static async Task WriteAsync(SweepResult result, Stream stream)
    {
        DataField[] fields =
        [
            new DataField<string>("run"),
            .. result.Grid.Axes.Select(axis => axis.IsNumeric ? (DataField)new DataField<double>(axis.Name) : new DataField<string>(axis.Name)),
            new DataField<long>("seed"), new DataField<string>("status"), new DataField<string>("message"), new DataField<long?>("step"),
            .. result.Measures.Select(measure => new DataField<double?>(measure)),
        ];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["grid"] = result.Grid.Name };
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            int at = 0;
            await Texts(row => row.Run.Point.Name).ConfigureAwait(false);
            foreach (SweepAxis axis in result.Grid.Axes)
            {
                if (axis.IsNumeric)
                    await group.WriteAsync<double>(fields[at++], Values(row => SweepAxis.Number(row.Run.Point.Values[axis.Name])!.Value)).ConfigureAwait(false);
                else
                    await Texts(row => row.Run.Point.Values[axis.Name]).ConfigureAwait(false);
            }
            await group.WriteAsync<long>(fields[at++], Values(row => (long)row.Run.Point.Seed)).ConfigureAwait(false);
            await Texts(row => row.Status).ConfigureAwait(false);
            await Texts(row => row.Message).ConfigureAwait(false);
            await group.WriteAsync<long>(fields[at++], Values(row => row.Step)).ConfigureAwait(false);
            foreach (string measure in result.Measures)
                await group.WriteAsync<double>(fields[at++], Values(row => row.Values.TryGetValue(measure, out double value) ? value : (double?)null)).ConfigureAwait(false);
            group.CompleteValidate();

            Task Texts(Func<SweepRow, string?> text) => group.WriteAsync(fields[at++], [.. result.Rows.Select(row => text(row) ?? "")]);
            ReadOnlyMemory<T> Values<T>(Func<SweepRow, T> value) => result.Rows.Select(value).ToArray();
        }
    }
}
