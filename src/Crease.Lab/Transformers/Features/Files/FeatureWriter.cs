using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Crease.Lab;

/// <summary>Writes rows of features as Parquet or CSV; the same rows give the same bytes.</summary>
public static class FeatureWriter
{
    // Columns are wide: 560 features of 4,096 rows are 18 MB.
    private const int RowsPerGroup = 4096;

    /// <summary>Writes Parquet.</summary>
    /// <param name="stream">Writable, knows its position; stays open.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="fields">Names of the prompt file's columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="about">What the file says of itself.</param>
    /// <exception cref="ArgumentException">A column of the prompt file has the name of one of ours.</exception>
    public static void WriteParquet(Stream stream, int layers, IReadOnlyList<string> fields, IEnumerable<FeatureRow> rows, IReadOnlyDictionary<string, string> about) =>
        WriteAsync(stream, new FeatureSchema(layers, fields), rows, about).GetAwaiter().GetResult();

    /// <summary>Writes CSV with a header; a value that is not defined leaves its cell empty.</summary>
    /// <param name="stream">Writable; stays open.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="fields">Names of the prompt file's columns.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">A column of the prompt file has the name of one of ours.</exception>
    public static void WriteCsv(Stream stream, int layers, IReadOnlyList<string> fields, IEnumerable<FeatureRow> rows)
    {
        var schema = new FeatureSchema(layers, fields);
        using var writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', schema.Schema.Fields.Select(field => CsvCell.Of(field.Name))));
        foreach (FeatureRow row in rows)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row.Row},{row.Tokens}"));
            foreach (string field in row.Fields)
                writer.Write($",{CsvCell.Of(field)}");
            foreach (double value in row.Values)
                writer.Write(double.IsNaN(value) ? "," : string.Create(CultureInfo.InvariantCulture, $",{value:R}"));
            writer.WriteLine();
        }
    }

    private static async Task WriteAsync(Stream stream, FeatureSchema schema, IEnumerable<FeatureRow> rows, IReadOnlyDictionary<string, string> about)
    {
        ParquetWriter writer = await ParquetWriter.CreateAsync(schema.Schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = about;
            foreach (FeatureRow[] group in rows.Chunk(RowsPerGroup))
                await WriteGroup(writer, schema, group).ConfigureAwait(false);
        }
    }

    private static async Task WriteGroup(ParquetWriter writer, FeatureSchema schema, FeatureRow[] rows)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await group.WriteAsync<long>(schema.Row, Array.ConvertAll(rows, row => row.Row).AsMemory()).ConfigureAwait(false);
        await group.WriteAsync<int>(schema.Tokens, Array.ConvertAll(rows, row => row.Tokens).AsMemory()).ConfigureAwait(false);
        for (int field = 0; field < schema.Texts.Length; field++)
            await group.WriteAsync(schema.Texts[field], Array.ConvertAll(rows, row => row.Fields[field])).ConfigureAwait(false);
        for (int at = 0; at < schema.Features.Length; at++)
            await group.WriteAsync<double>(schema.Features[at], Array.ConvertAll(rows, row => double.IsNaN(row.Values[at]) ? null : (double?)row.Values[at]).AsMemory()).ConfigureAwait(false);
        group.CompleteValidate();
    }
}
