using System.Globalization;
using Crease.Geometry;

namespace Crease.Cli.Output;

/// <summary>What <c>crease volume --surface</c> says about a level set: a JSON document or a short table.</summary>
internal sealed class SurfaceReport(IsoSurface surface, CommonWords words)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", surface.Network.Name);
        json.WriteNumber("dimension", surface.Slice.Dimension);
        json.WriteNumber("output", surface.Output);
        JsonDocumentWriter.Number(json, "level", surface.Level);
        json.WriteNumber("regions", surface.PolygonCount);
        json.WriteNumber("triangles", surface.TriangleCount);
        json.WriteNumber("surfaceVertices", surface.VertexCount);
        json.WriteNumber("surfaceEdges", surface.EdgeCount);
        json.WriteNumber("boundaryEdges", surface.BoundaryEdgeCount);
        json.WriteNumber("crowdedEdges", surface.CrowdedEdgeCount);
        json.WriteBoolean("watertight", surface.IsWatertight);
        json.WriteBoolean("closed", surface.IsClosed);
        json.WriteNumber("surfaceEuler", surface.EulerCharacteristic);
        json.WriteNumber("components", surface.Components);
        if (surface.Genus is int genus)
            json.WriteNumber("genus", genus);
        else
            json.WriteNull("genus");
        JsonDocumentWriter.Number(json, "area", surface.Area);
        JsonDocumentWriter.Number(json, "enclosedVolume", surface.EnclosedVolume);
        json.WriteStartObject("cost");
        JsonDocumentWriter.Number(json, "flops", surface.Cost.Flops);
        json.WriteNumber("peakBytes", surface.Cost.PeakBytes);
        json.WriteNumber("droppedCells", surface.DroppedCells);
        json.WriteNumber("exactDecisions", surface.ExactDecisions);
        json.WriteEndObject();
    }, PartitionReport.StatusText(surface.Status), surface.Exactness.ToString().ToLowerInvariant(), words.Seed, surface.Cost.Seconds, surface.Citations);

    public void WriteTable(TextWriter output)
    {
        Line("surface", $"output {surface.Output} = {surface.Level:G6}, in {surface.PolygonCount:N0} regions");
        Line("triangles", $"{surface.TriangleCount:N0}, with {surface.VertexCount:N0} vertices and {surface.EdgeCount:N0} edges (V - E + F = {surface.EulerCharacteristic})");
        Line("border", $"{surface.BoundaryEdgeCount:N0} edges on the box; {(surface.IsWatertight ? "watertight" : FormattableString.Invariant($"{surface.CrowdedEdgeCount} edges where the surface touches itself"))}");
        Line("pieces", $"{surface.Components:N0}{(surface.Genus is int genus ? FormattableString.Invariant($", genus {genus}") : "")}");
        Line("area", $"{surface.Area:G10}");
        Line("volume below", $"{surface.EnclosedVolume:G10}");
        Line("time", $"{surface.Cost.Seconds:F3} s, {surface.PolygonCount / Math.Max(surface.Cost.Seconds, 1e-9):N0} regions/s; {surface.ExactDecisions} signs decided exactly");
        Line("status", $"{PartitionReport.StatusText(surface.Status)}, {surface.Exactness.ToString().ToLowerInvariant()}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }
}
