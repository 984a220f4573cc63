using System.Text;
using Crease.Measures;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves intrinsic dimensions: curves over scales or layers, a table of a line per estimate, arrays, or the document.</summary>
internal static class DimensionFile
{
    public const string Accepted = ".json, .csv, .npz, and with --scales, --blocks or --network .svg, .png and .pdf";

    public static void Check(string path, bool isDrawn) => ResultFile.Check(path, isDrawn ? [".svg", ".png", ".pdf", ".json", ".csv", ".npz"] : [".json", ".csv", ".npz"]);

    public static void Save(string path, DimensionResults results, CurvesFigureOptions figure, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(results, stream), stream => WriteNpz(results, stream), () => DimensionCurves.Of(results, figure).Save(path));

    private static void WriteCsv(DimensionResults results, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("part,index,distance,estimator,value,low,high,points,status");
        foreach ((string part, int index, double? distance, DimensionEstimate found) in Lines(results))
            writer.WriteLine(FormattableString.Invariant($"{part},{index},{distance:R},{found.Estimator},{found.Value:R},{found.Interval?.Low:R},{found.Interval?.High:R},{found.Points},{found.Status}"));
    }

    private static IEnumerable<(string Part, int Index, double? Distance, DimensionEstimate Estimate)> Lines(DimensionResults results) =>
    [
        .. results.Estimates.Select(found => ("data", 0, (double?)null, found)),
        .. results.Classes.SelectMany((each, index) => each.Estimates.Select(found => ("class", index, (double?)null, found))),
        .. results.Ranks.Select(scale => ("rank", scale.Rank, (double?)scale.Distance, scale.Estimate)),
        .. results.Blocks.Select(scale => ("blocks", scale.Rank, (double?)scale.Distance, scale.Estimate)),
        .. results.Layers.SelectMany((layer, index) => layer.Estimates.Select(found => ("layer", index, (double?)null, found))),
    ];

    // Missing values of pointwise dimensions are NaN: arrays of numbers have nothing else.
    private static void WriteNpz(DimensionResults results, Stream stream)
    {
        var arrays = new List<(string, Action<Stream>)>();
        foreach (DimensionEstimate found in results.Estimates.Where(found => found.Pointwise is not null))
            arrays.Add((found.Estimator.Replace('-', '_'), s => Npy.Write(s, [.. found.Pointwise!.Value.Select(value => value ?? double.NaN)], found.Pointwise.Value.Length)));
        if (results.Cloud is { } cloud)
            arrays.Add(("row", s => Npy.Write(s, [.. cloud.Origins.Select(row => (double)row)], cloud.Count)));
        Add("rank", results.Ranks);
        Add("blocks", results.Blocks);
        for (int e = 0; e < results.Call.Estimators.Count && results.Layers.Length > 0; e++)
        {
            int index = e;
            arrays.Add(("layer_" + results.Call.Estimators[e].Name.Replace('-', '_'), s => Npy.Write(s, [.. results.Layers.Select(layer => layer.Estimates[index].Value ?? double.NaN)], results.Layers.Length)));
        }
        Npz.Write(stream, [.. arrays]);

        void Add(string name, IReadOnlyList<DimensionScale> scales)
        {
            if (scales.Count == 0)
                return;
            arrays.Add((name, s => Npy.Write(s, [.. scales.Select(scale => (double)scale.Rank)], scales.Count)));
            arrays.Add((name + "_distance", s => Npy.Write(s, [.. scales.Select(scale => scale.Distance)], scales.Count)));
            arrays.Add((name + "_dimension", s => Npy.Write(s, [.. scales.Select(scale => scale.Estimate.Value ?? double.NaN)], scales.Count)));
        }
    }
}
