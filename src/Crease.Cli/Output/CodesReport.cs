using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease codes</c> says.</summary>
internal sealed class CodesReport(Network network, string source, DataSet data, CodesResults results, CommonWords words, double seconds)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("data", source);
        json.WriteNumber("samples", results.Codes.Count);
        json.WriteNumber("units", results.Codes.Units);
        json.WriteNumber("distinctCodes", results.Sharing.Distinct);
        json.WriteNumber("distinctAffineMaps", results.DistinctMaps);
        json.WriteNumber("largestRegion", results.Sharing.Sizes.Max());
        json.WriteBoolean("isSaturated", results.Sharing.IsSaturated);
        json.WriteString("advice", results.Sharing.Advice);
        json.WriteStartArray("layers");
        for (int l = 0; l < results.Codes.Layers.Length; l++)
        {
            json.WriteStartObject();
            json.WriteString("name", results.Codes.Layers[l].Name);
            json.WriteNumber("units", results.Codes.Layers[l].Shape.Size);
            json.WriteNumber("distinctCodesUpToHere", results.Sharing.DistinctPerLayer[l]);
            JsonDocumentWriter.Number(json, "distanceToNeighbor", results.NeighborDistance(l));
            JsonDocumentWriter.Number(json, "distanceInSequence", results.UsualDistance(l));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("neighbors");
        for (int s = 0; s < results.Codes.Count; s++)
        {
            json.WriteStartObject();
            json.WriteString("codeHash", results.Codes.Hash(s).ToString("x16", CultureInfo.InvariantCulture));
            json.WriteNumber("region", results.Sharing.RegionOf[s]);
            JsonDocumentWriter.Integers(json, "samples", results.Neighbors.Of(s));
            JsonDocumentWriter.Numbers(json, "distances", results.Neighbors.Distances(s));
            JsonDocumentWriter.Number(json, "nearestByLayers", results.Codes.Distance(s, results.Neighbors.Of(s)[0]).ByLayers);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Number(json, "neighborLabelAgreement", results.Labels is null ? double.NaN : results.Neighbors.Agreement(results.Labels));
        if (results.Clusters is { } clusters)
        {
            json.WriteStartObject("clusters");
            JsonDocumentWriter.Integers(json, "medoids", clusters.Medoids.AsSpan());
            JsonDocumentWriter.Integers(json, "labels", clusters.Labels.AsSpan());
            JsonDocumentWriter.Number(json, "meanDistance", clusters.MeanDistance);
            JsonDocumentWriter.Number(json, "purity", results.Labels is null ? double.NaN : clusters.Purity(results.Labels));
            json.WriteEndObject();
        }
        if (results.Embedding is { } embedding)
        {
            json.WriteStartObject("embedding");
            JsonDocumentWriter.Number(json, "explained", embedding.Explained);
            JsonDocumentWriter.Numbers(json, "xs", embedding.Xs.AsSpan());
            JsonDocumentWriter.Numbers(json, "ys", embedding.Ys.AsSpan());
            json.WriteEndObject();
        }
    }, "complete", "exact", words.Seed, seconds, ["balestriero2021madmax", "balestriero2019geometry"]);

    public void WriteTable(TextWriter output)
    {
        Line("samples", $"{results.Codes.Count:N0} of {source}, codes of {results.Codes.Units:N0} units");
        int most = results.Sharing.Sizes.Max();
        Line("regions", most > 1
            ? $"{results.Sharing.Distinct:N0} distinct codes, {results.DistinctMaps:N0} distinct affine maps; at most {most:N0} samples share one"
            : (FormattableString)$"{results.Sharing.Distinct:N0} distinct codes, {results.DistinctMaps:N0} distinct affine maps; no two samples share one");
        if (results.Sharing.IsSaturated)
            Line("", $"{results.Sharing.Advice}");
        Line("neighbors", $"the nearest differs in {Mean():P1} of all units{(results.Labels is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; it has the same label for {results.Neighbors.Agreement(results.Labels):P1} of the samples"))}");
        if (results.Clusters is { } clusters)
            Line("clusters", $"{clusters.Medoids.Length}, mean distance to the middle {clusters.MeanDistance:F4}{(results.Labels is null ? "" : string.Create(CultureInfo.InvariantCulture, $", purity {clusters.Purity(results.Labels):P1}"))}");
        output.WriteLine();
        output.WriteLine($"{"layer",-24} {"units",8} {"codes up to it",15} {"to neighbor",12} {"in sequence",12}");
        for (int l = 0; l < results.Codes.Layers.Length; l++)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ShortText.Of(results.Codes.Layers[l].Name, 24),-24} {results.Codes.Layers[l].Shape.Size,8:N0} {results.Sharing.DistinctPerLayer[l],15:N0} {results.NeighborDistance(l),12:F4} {results.UsualDistance(l),12:F4}"));
        Line("time", $"{seconds:F3} s");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("sample,label,codeHash,region,neighbor,distance,cluster");
        for (int s = 0; s < results.Codes.Count; s++)
            writer.WriteLine(FormattableString.Invariant($"{s},{results.Labels?[s]},{results.Codes.Hash(s):x16},{results.Sharing.RegionOf[s]},{results.Neighbors.Of(s)[0]},{results.Neighbors.Distances(s)[0]:R},{results.Clusters?.Labels[s]}"));
    }

    public void WriteNpz(Stream stream)
    {
        int count = results.Codes.Count, neighbors = results.Neighbors.Count;
        ulong[] hashes = [.. Enumerable.Range(0, count).Select(s => results.Codes.Hash(s))];
        int[] nearest = [.. Enumerable.Range(0, count).SelectMany(s => results.Neighbors.Of(s).ToArray())];
        double[] distances = [.. Enumerable.Range(0, count).SelectMany(s => results.Distances!.Row(s).ToArray())];
        Npz.Write(stream,
            ("code_hashes", s => Npy.Write(s, MemoryMarshal.AsBytes(hashes.AsSpan()), "<u8", count)),
            ("regions", s => Npy.Write(s, MemoryMarshal.AsBytes(results.Sharing.RegionOf.AsSpan()), "<i4", count)),
            ("neighbors", s => Npy.Write(s, MemoryMarshal.AsBytes(nearest.AsSpan()), "<i4", count, neighbors)),
            ("distances", s => Npy.Write(s, distances, count, count)),
            ("embedding", s => Npy.Write(s, [.. results.Embedding!.Xs.Zip(results.Embedding.Ys).SelectMany(point => new[] { point.First, point.Second })], count, 2)));
    }

    public PointMapFigure Figure(string? title, int? width)
    {
        PartitionEmbedding embedding = results.Embedding!;
        bool isByLabel = results.Labels is { } all && all.Min() >= 0 && all.Max() < 1000;
        IReadOnlyList<int> labels = isByLabel ? results.Labels! : results.Clusters is { } clusters ? [.. clusters.Labels] : new int[embedding.Xs.Length];
        string[] names = isByLabel ? [.. Enumerable.Range(0, labels.Max() + 1).Select(data.ClassName)] : results.Clusters is null ? ["samples"] : [.. results.Clusters.Medoids.Select((medoid, c) => $"cluster {c} around {medoid}")];
        PointMapFigureOptions options = PointMapFigureOptions.Default with
        {
            Title = title ?? $"Samples by their codes, {network.Name}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"classical scaling of the partition distance, no labels used; the plane keeps {embedding.Explained:P0} of the spread"),
            XLabel = "first axis (share of units)",
            YLabel = "second axis (share of units)",
            LegendLabel = isByLabel ? "label" : results.Clusters is null ? "" : "cluster",
        };
        return PointMapFigure.Of(new PointMap(embedding.Xs, embedding.Ys, labels, names), width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    private double Mean()
    {
        double sum = 0;
        for (int s = 0; s < results.Codes.Count; s++)
            sum += results.Neighbors.Distances(s)[0];
        return sum / results.Codes.Count;
    }
}
