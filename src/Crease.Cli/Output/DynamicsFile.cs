using Crease.Lab;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves dynamics: curves, a table of a line per network, arrays, or the document.</summary>
internal static class DynamicsFile
{
    public const string Accepted = ".svg, .png, .pdf, .json, .csv and .npz";

    public static void Check(string path) => ResultFile.Check(path, ".svg", ".png", ".pdf", ".json", ".csv", ".npz");

    public static void Save(string path, DynamicsResult result, CurvesFigureOptions figure, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => DynamicsTable.WriteCsv(result, stream), stream => WriteNpz(result, stream), () => DynamicsCurves.Of(result, figure).Save(path));

    private static void WriteNpz(DynamicsResult result, Stream stream) => Npz.Write(stream,
    [
        ("step", s => Npy.Write(s, [.. result.Rows.Select(row => (double)row.Step)], result.Rows.Count)),
        .. DynamicsColumn.All(result.Options).Select(column => (column.Name, (Action<Stream>)(s => Npy.Write(s, [.. result.Rows.Select(row => column.Value(row) ?? double.NaN)], result.Rows.Count)))),
    ]);
}
