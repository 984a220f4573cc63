using System.Runtime.InteropServices;
using System.Text;
using Crease.Measures;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves local complexity: the map, or without one the counts of every sample.</summary>
internal static class ComplexityFile
{
    public const string Accepted = ".json, .csv, .npz, and with --map .svg, .png and .pdf";

    public static void Check(string path, bool isMap) => ResultFile.Check(path, isMap ? [".svg", ".png", ".pdf", ".json", ".csv", ".npz"] : [".json", ".csv", ".npz"]);

    public static void Save(string path, ComplexityResults results, ComplexityMapFigureOptions figure, Action<Stream> json)
    {
        if (results.Map is { } map)
            ResultFile.Save(path, json, stream => WriteCsv(map, stream), stream => WriteNpz(map, stream), () => ComplexityMapFigure.Of(map, figure).Save(path));
        else
            ResultFile.Save(path, json, stream => WriteCsv(results, stream), stream => WriteNpz(results, stream), () => throw new WordsException($"{path}: accepted are {Accepted}"));
    }

    private static void WriteCsv(ComplexityMap map, Stream stream)
    {
        using StreamWriter writer = Text(stream);
        writer.WriteLine("s,t,total");
        for (int pixel = 0; pixel < map.Values.Length; pixel++)
        {
            double s = map.MinS + (pixel % map.Columns + 0.5) / map.Columns * (map.MaxS - map.MinS), t = map.MinT + (pixel / map.Columns + 0.5) / map.Rows * (map.MaxT - map.MinT);
            if (double.IsFinite(map.Values[pixel]))
                writer.WriteLine(FormattableString.Invariant($"{s:R},{t:R},{map.Values[pixel]:R}"));
        }
    }

    private static void WriteNpz(ComplexityMap map, Stream stream) => Npz.Write(stream,
        ("total", s => Npy.Write(s, map.Values, map.Rows, map.Columns)),
        ("extent", s => Npy.Write(s, [map.MinS, map.MaxS, map.MinT, map.MaxT], 4)),
        ("origin", s => Npy.Write(s, map.Slice.Origin, map.Slice.Inputs)),
        ("directions", s => Npy.Write(s, map.Slice.Directions, 2, map.Slice.Inputs)),
        ("domain", s => Npy.Write(s, map.Slice.Domain, map.Slice.Domain.Length / 2, 2)));

    private static void WriteCsv(ComplexityResults results, Stream stream)
    {
        using StreamWriter writer = Text(stream);
        LocalComplexity any = results.Data ?? results.Random!;
        writer.WriteLine("points,sample,total," + string.Join(',', any.Layers.Select((layer, l) => layer.IsLogits ? "logits" : $"layer{l + 1}")));
        foreach ((string name, LocalComplexity? found) in new[] { ("data", results.Data), ("random", results.Random) })
        {
            for (int s = 0; s < (found?.Samples ?? 0); s++)
                writer.WriteLine($"{name},{s},{found!.Total(s)},{string.Join(',', Enumerable.Range(0, found.Layers.Length).Select(l => found.Count(s, l)))}");
        }
    }

    private static void WriteNpz(ComplexityResults results, Stream stream)
    {
        var arrays = new List<(string, Action<Stream>)>();
        foreach ((string name, LocalComplexity? found) in new[] { ("data", results.Data), ("random", results.Random) })
        {
            if (found is null)
                continue;
            int[] totals = [.. Enumerable.Range(0, found.Samples).Select(found.Total)];
            arrays.Add((name + "_counts", s => Npy.Write(s, MemoryMarshal.AsBytes(found.Counts), "<i4", found.Samples, found.Layers.Length)));
            arrays.Add((name + "_totals", s => Npy.Write(s, MemoryMarshal.AsBytes(totals.AsSpan()), "<i4", found.Samples)));
        }
        Npz.Write(stream, CollectionsMarshal.AsSpan(arrays));
    }

    private static StreamWriter Text(Stream stream) => new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
}
