using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>Saves a table of features under any of its endings; a file appears whole or not at all.</summary>
/// <param name="layers">Number of layers.</param>
/// <param name="fields">Names of the columns beside the features.</param>
/// <param name="about">What the table says of itself.</param>
/// <param name="report">Writes the document.</param>
internal sealed class FeatureTableFile(int layers, IReadOnlyList<string> fields, IReadOnlyDictionary<string, string> about, FeatureReport report)
{
    public void Save(string file, IEnumerable<FeatureRow> rows) => ResultFile.Save(file, stream =>
    {
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".parquet":
                FeatureWriter.WriteParquet(stream, layers, fields, rows, about);
                break;
            case ".csv":
                FeatureWriter.WriteCsv(stream, layers, fields, rows);
                break;
            default:
                report.WriteRows(stream, rows);
                break;
        }
    });
}
