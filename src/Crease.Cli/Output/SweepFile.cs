using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>Saves a sweep: a figure, a table of a line per run, or the document.</summary>
internal static class SweepFile
{
    public const string Accepted = ".svg, .png, .pdf, .csv, .parquet and .json";

    /// <summary>Refuses a file that cannot be written.</summary>
    public static void Check(string path) => ResultFile.Check(path, ".svg", ".png", ".pdf", ".csv", ".parquet", ".json");

    /// <summary>Saves by the ending.</summary>
    public static void Save(string path, SweepResult result, SweepView view, Action<Stream> json)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                ResultFile.Save(path, stream => SweepTable.WriteCsv(result, stream));
                break;
            case ".parquet":
                ResultFile.Save(path, stream => SweepTable.WriteParquet(result, stream));
                break;
            case ".json":
                ResultFile.Save(path, json);
                break;
            default:
                SweepDrawing.Save(result, view, path);
                break;
        }
    }
}
