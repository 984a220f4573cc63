using System.Globalization;
using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>What <c>crease partition --stream</c> says about its result: a JSON document or a short table.</summary>
internal sealed class StreamReport(Network network, PartitionTotals totals, StreamedStatistics statistics, string file, CommonWords words)
{
    private readonly long _bytes = new FileInfo(file).Length;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteNumber("dimension", 2);
        json.WriteNumber("regions", totals.Regions);
        JsonDocumentWriter.Number(json, "area", totals.Area);
        JsonDocumentWriter.Number(json, "domainArea", totals.DomainArea);
        json.WriteStartObject("statistics");
        JsonDocumentWriter.Summary(json, "area", statistics.Area);
        JsonDocumentWriter.Summary(json, "vertices", statistics.Vertices);
        JsonDocumentWriter.Summary(json, "slopeNorm", statistics.SlopeNorm);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        JsonDocumentWriter.Number(json, "flops", totals.Cost.Flops);
        json.WriteNumber("peakBytes", totals.Cost.PeakBytes);
        json.WriteEndObject();
        json.WriteString("file", file);
        json.WriteNumber("fileBytes", _bytes);
    }, PartitionReport.StatusText(totals.Status), totals.Exactness.ToString().ToLowerInvariant(), words.Seed, totals.Cost.Seconds, totals.Citations);

    public void WriteTable(TextWriter output)
    {
        Line("regions", $"{totals.Regions:N0}");
        Line("area", $"{totals.Area:G10} of {totals.DomainArea:G10}; per region {statistics.Area.Mean:G4} on average, {statistics.Area.Min:G3} to {statistics.Area.Max:G3}");
        Line("vertices", $"{statistics.Vertices.Mean:G4} per region on average, at most {statistics.Vertices.Max:F0}");
        Line("slope norm", $"{statistics.SlopeNorm.Mean:G4} on average, {statistics.SlopeNorm.Min:G3} to {statistics.SlopeNorm.Max:G3}");
        Line("time", $"{totals.Cost.Seconds:F3} s, {totals.Regions / Math.Max(totals.Cost.Seconds, 1e-9):N0} regions/s");
        Line("status", $"{PartitionReport.StatusText(totals.Status)}, {totals.Exactness.ToString().ToLowerInvariant()}");
        Line("saved", $"{file} ({_bytes:N0} bytes)");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }
}
