using System.Globalization;
using Crease.Geometry;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What <c>crease volume</c> says about regions: a JSON document or a short table.</summary>
internal sealed class VolumeReport(VolumePartition partition, CommonWords words)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", partition.Network.Name);
        json.WriteNumber("dimension", partition.Slice.Dimension);
        json.WriteNumber("regions", partition.RegionCount);
        json.WriteNumber("vertices", partition.VertexCount);
        json.WriteNumber("edges", partition.EdgeCount);
        json.WriteNumber("faces", partition.FaceCount);
        json.WriteNumber("eulerCharacteristic", partition.EulerCharacteristic);
        JsonDocumentWriter.Number(json, "volume", partition.TotalVolume);
        JsonDocumentWriter.Number(json, "domainVolume", partition.DomainVolume);
        JsonDocumentWriter.Integers(json, "regionsPerLayer", partition.RegionsPerLayer.AsSpan());
        json.WriteStartObject("statistics");
        JsonDocumentWriter.Summary(json, "volume", Volumes);
        JsonDocumentWriter.Summary(json, "faces", Faces);
        JsonDocumentWriter.Summary(json, "slopeNorm", SlopeNorms);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        JsonDocumentWriter.Number(json, "flops", partition.Cost.Flops);
        json.WriteNumber("peakBytes", partition.Cost.PeakBytes);
        json.WriteNumber("partitionBytes", partition.Bytes);
        json.WriteNumber("exactDecisions", partition.ExactDecisions);
        json.WriteEndObject();
    }, PartitionReport.StatusText(partition.Status), partition.Exactness.ToString().ToLowerInvariant(), words.Seed, partition.Cost.Seconds, partition.Citations);

    public void WriteTable(TextWriter output)
    {
        Line("regions", $"{partition.RegionCount:N0}  (after each layer: {string.Join(", ", partition.RegionsPerLayer)})");
        Line("vertices, edges", $"{partition.VertexCount:N0}, {partition.EdgeCount:N0}");
        Line("faces", $"{partition.FaceCount:N0}, {Faces.Mean:F2} per region  (V - E + F - C = {partition.EulerCharacteristic})");
        Line("volume", $"{partition.TotalVolume:G10} of {partition.DomainVolume:G10}; per region {Volumes.Mean:G4} on average, {Volumes.Min:G3} to {Volumes.Max:G3}");
        Line("slope norm", $"{SlopeNorms.Mean:G4} on average, {SlopeNorms.Min:G3} to {SlopeNorms.Max:G3}");
        Line("time", $"{partition.Cost.Seconds:F3} s, {partition.RegionCount / Math.Max(partition.Cost.Seconds, 1e-9):N0} regions/s; {partition.ExactDecisions} signs decided exactly");
        Line("status", $"{PartitionReport.StatusText(partition.Status)}, {partition.Exactness.ToString().ToLowerInvariant()}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private Summary Volumes => Summary.Of(partition.Volumes);

    private Summary SlopeNorms => Summary.Of(partition.SlopeNorms);

    private Summary Faces
    {
        get
        {
            var counts = new double[partition.RegionCount];
            for (int r = 0; r < counts.Length; r++)
                counts[r] = partition.FirstFaces[r + 1] - partition.FirstFaces[r];
            return Summary.Of(counts);
        }
    }
}
