using System.Globalization;
using Crease.Geometry;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease partition</c> says about its result: a JSON document or a short table.</summary>
internal sealed class PartitionReport(Partition partition, CommonWords words)
{
    private readonly RegionStatistics _statistics = RegionStatistics.Of(partition);

    public static string StatusText(Status status) => status switch
    {
        Status.Complete => "complete",
        Status.BudgetExhausted => "budgetExhausted",
        _ => "interrupted",
    };

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", partition.Network.Name);
        json.WriteNumber("dimension", partition.Slice.Dimension);
        json.WriteNumber("regions", partition.RegionCount);
        json.WriteNumber("vertices", partition.VertexCount);
        json.WriteNumber("edges", partition.EdgeCount);
        json.WriteNumber("eulerCharacteristic", partition.EulerCharacteristic);
        JsonDocumentWriter.Number(json, "area", partition.TotalArea);
        JsonDocumentWriter.Number(json, "domainArea", partition.DomainArea);
        JsonDocumentWriter.Integers(json, "regionsPerLayer", partition.RegionsPerLayer.AsSpan());
        if (partition.DistinctAffineMaps is int distinct)
            json.WriteNumber("distinctAffineMaps", distinct);
        else
            json.WriteNull("distinctAffineMaps");
        WriteBoundary(json);
        json.WriteStartObject("statistics");
        JsonDocumentWriter.Summary(json, "area", _statistics.Area);
        JsonDocumentWriter.Summary(json, "eccentricity", _statistics.Eccentricity);
        JsonDocumentWriter.Summary(json, "vertices", _statistics.Vertices);
        JsonDocumentWriter.Summary(json, "slopeNorm", _statistics.SlopeNorm);
        JsonDocumentWriter.Summary(json, "centrality", _statistics.Centrality);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        JsonDocumentWriter.Number(json, "flops", partition.Cost.Flops);
        json.WriteNumber("peakBytes", partition.Cost.PeakBytes);
        json.WriteNumber("partitionBytes", partition.Bytes);
        json.WriteNumber("exactDecisions", partition.ExactDecisions);
        JsonDocumentWriter.Number(json, "roundingBound", partition.RoundingBound);
        json.WriteEndObject();
    }, StatusText(partition.Status), partition.Exactness.ToString().ToLowerInvariant(), words.Seed, partition.Cost.Seconds, partition.Citations);

    public void WriteTable(TextWriter output)
    {
        Line("regions", $"{partition.RegionCount:N0}  (after each layer: {string.Join(", ", partition.RegionsPerLayer)})");
        Line("affine maps", partition.DistinctAffineMaps is int distinct ? $"{distinct:N0} distinct" : (FormattableString)$"not compared (memory budget)");
        Line("vertices, edges", $"{partition.VertexCount:N0}, {partition.EdgeCount:N0}  (V - E + F = {partition.EulerCharacteristic})");
        Line("area", $"{partition.TotalArea:G10} of {partition.DomainArea:G10}; per region {_statistics.Area.Mean:G4} on average, {_statistics.Area.Min:G3} to {_statistics.Area.Max:G3}");
        Line("eccentricity", $"{_statistics.Eccentricity.Mean:G4} on average");
        Line("slope norm", $"{_statistics.SlopeNorm.Mean:G4} on average, {_statistics.SlopeNorm.Min:G3} to {_statistics.SlopeNorm.Max:G3}");
        if (partition.Boundary is DecisionBoundary boundary)
            Line("decision boundary", $"length {boundary.Length:G8} in {boundary.SegmentCount:N0} segments");
        Line("time", $"{partition.Cost.Seconds:F3} s, {partition.RegionCount / Math.Max(partition.Cost.Seconds, 1e-9):N0} regions/s; {partition.ExactDecisions} signs decided exactly, rounding below {partition.RoundingBound:G2}");
        Line("status", $"{StatusText(partition.Status)}, {partition.Exactness.ToString().ToLowerInvariant()}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private void WriteBoundary(System.Text.Json.Utf8JsonWriter json)
    {
        if (partition.Boundary is not DecisionBoundary boundary)
        {
            json.WriteNull("boundary");
            return;
        }
        json.WriteStartObject("boundary");
        json.WriteNumber("segments", boundary.SegmentCount);
        JsonDocumentWriter.Number(json, "length", boundary.Length);
        json.WriteStartArray("pairs");
        foreach ((int first, int second, double length) in boundary.LengthPerPair())
        {
            json.WriteStartObject();
            json.WriteNumber("first", first);
            json.WriteNumber("second", second);
            JsonDocumentWriter.Number(json, "length", length);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
