using System.Globalization;
using System.Text.Json;
using Crease.Geometry;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What <c>crease segment</c> says about its result: a JSON document or a short table.</summary>
internal sealed class SegmentReport(SegmentPartition segment, CommonWords words)
{
    private const int MostListed = 8;

    private readonly Summary _lengths = Summary.Of([.. Enumerable.Range(0, segment.RegionCount).Select(segment.LengthOf)]);
    private readonly Summary _slopes = Summary.Of(segment.SlopeNorms);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", segment.Network.Name);
        json.WriteNumber("dimension", segment.Slice.Dimension);
        JsonDocumentWriter.Number(json, "length", segment.Length);
        json.WriteNumber("regions", segment.RegionCount);
        JsonDocumentWriter.Integers(json, "regionsPerLayer", segment.RegionsPerLayer.AsSpan());
        json.WriteNumber("distinctAffineMaps", segment.DistinctAffineMaps);
        WriteBreakpoints(json);
        WriteIntervals(json);
        WriteBoundary(json);
        json.WriteStartObject("statistics");
        JsonDocumentWriter.Summary(json, "length", _lengths);
        JsonDocumentWriter.Summary(json, "slopeNorm", _slopes);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        JsonDocumentWriter.Number(json, "flops", segment.Cost.Flops);
        json.WriteNumber("peakBytes", segment.Cost.PeakBytes);
        json.WriteNumber("partitionBytes", segment.Bytes);
        json.WriteNumber("exactDecisions", segment.ExactDecisions);
        json.WriteEndObject();
    }, PartitionReport.StatusText(segment.Status), segment.Exactness.ToString().ToLowerInvariant(), words.Seed, segment.Cost.Seconds, segment.Citations);

    public void WriteTable(TextWriter output)
    {
        int several = Enumerable.Range(0, segment.BreakpointCount).Count(b => segment.CreasesOf(b).Length > 1);
        Line("regions", $"{segment.RegionCount:N0}  (after each layer: {string.Join(", ", segment.RegionsPerLayer)})");
        Line("affine maps", $"{segment.DistinctAffineMaps:N0} distinct");
        Line("breakpoints", $"{segment.BreakpointCount:N0}; at {several:N0} of them more than one unit changes its piece");
        Line("length", $"{segment.Length:G10}; per region {_lengths.Mean:G4} on average, {_lengths.Min:G3} to {_lengths.Max:G3}");
        Line("slope norm", $"{_slopes.Mean:G4} on average, {_slopes.Min:G3} to {_slopes.Max:G3}");
        Line("class changes", $"{segment.Boundary!.Count:N0}{Changes(segment.Boundary)}");
        Line("time", $"{segment.Cost.Seconds:F3} s; {segment.ExactDecisions} decisions made exactly");
        Line("status", $"{PartitionReport.StatusText(segment.Status)}, {segment.Exactness.ToString().ToLowerInvariant()}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Changes(SegmentBoundary boundary)
    {
        if (boundary.Count == 0)
            return "";
        IEnumerable<string> changes = Enumerable.Range(0, Math.Min(boundary.Count, MostListed))
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{boundary.Classes[2 * c]} to {boundary.Classes[2 * c + 1]} at {boundary.Positions[c]:G6}"));
        return ": " + string.Join(", ", changes) + (boundary.Count > MostListed ? ", ..." : "");
    }

    private void WriteBreakpoints(Utf8JsonWriter json)
    {
        json.WriteStartArray("breakpoints");
        for (int b = 0; b < segment.BreakpointCount; b++)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "position", segment.Breakpoints[b]);
            json.WriteStartArray("creases");
            foreach (int number in segment.CreasesOf(b))
            {
                CreaseUnit crease = segment.CreaseAt(number);
                json.WriteStartObject();
                json.WriteNumber("layer", crease.Layer);
                json.WriteNumber("unit", crease.Unit);
                json.WriteNumber("lower", crease.Lower);
                json.WriteNumber("upper", crease.Upper);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteIntervals(Utf8JsonWriter json)
    {
        json.WriteStartArray("intervals");
        for (int r = 0; r < segment.RegionCount; r++)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "from", segment.Ends[r]);
            JsonDocumentWriter.Number(json, "to", segment.Ends[r + 1]);
            json.WriteNumber("class", segment.Classes[r]);
            JsonDocumentWriter.Number(json, "slopeNorm", segment.SlopeNorms[r]);
            json.WriteNumber("newFromLayer", segment.NewFromLayer[r]);
            json.WriteString("codeHash", segment.CodeHashes[r].ToString("x16", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteBoundary(Utf8JsonWriter json)
    {
        json.WriteStartArray("boundary");
        for (int c = 0; c < segment.Boundary!.Count; c++)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "position", segment.Boundary.Positions[c]);
            json.WriteNumber("before", segment.Boundary.Classes[2 * c]);
            json.WriteNumber("after", segment.Boundary.Classes[2 * c + 1]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
