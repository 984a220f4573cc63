using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Crease.Geometry;

namespace Crease.Views;

/// <summary>Everything the page needs besides the arrays, as JSON that is safe inside a script element.</summary>
internal static class PageData
{
    private static readonly RegionColor[] Colors =
        [RegionColor.SlopeNorm, RegionColor.Class, RegionColor.Area, RegionColor.Depth, RegionColor.Random];

    public static ReadOnlySpan<byte> Json(Partition partition, PartitionFigureOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        // The writer's default encoder escapes <, > and &, so no text can end the script element.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", options.Title ?? partition.Network.Name);
            json.WriteString("subtitle", PartitionDrawing.Subtitle(partition));
            (string s, string t) = PartitionDrawing.AxisNames(partition.Slice);
            json.WriteStartArray("axes");
            json.WriteStringValue(s);
            json.WriteStringValue(t);
            json.WriteEndArray();
            json.WriteStartArray("domain");
            foreach (double coordinate in partition.Slice.Domain)
                json.WriteNumberValue(coordinate);
            json.WriteEndArray();
            json.WriteNumber("domainArea", partition.DomainArea);
            json.WriteString("color", options.Color.ToString());
            json.WriteBoolean("showCreases", options.Creases);
            json.WriteBoolean("showBoundary", options.Boundary);
            Sections(json, partition);
            Layers(json, partition);
            json.WriteStartArray("colorings");
            foreach (RegionColor color in Colors)
                Write(json, Coloring.Of(partition, color, options.ClassNames, color == options.Color ? options.ColorRange : null));
            json.WriteEndArray();
            Classes(json, partition, options.ClassNames);
            Points(json, options.Points);
            Statistics(json, partition);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static void Sections(Utf8JsonWriter json, Partition partition)
    {
        json.WriteStartArray("sections");
        foreach ((string name, string kind, int count) in PartitionBlob.Sections(partition))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("kind", kind);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Layers(Utf8JsonWriter json, Partition partition)
    {
        json.WriteStartArray("layers");
        for (int l = 0; l < partition.Layers.Length; l++)
        {
            json.WriteStartObject();
            json.WriteString("name", FigureLegend.LayerName(partition, l));
            json.WriteString("color", Hex(Palettes.Ink(l)));
            json.WriteNumber("width", CreaseInk.BaseWidth(l));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Coloring coloring)
    {
        json.WriteStartObject();
        json.WriteString("key", coloring.Kind.ToString());
        json.WriteString("label", coloring.Label);
        json.WriteStartArray("palette");
        foreach (uint color in coloring.Palette)
            json.WriteStringValue(Hex(color));
        json.WriteEndArray();
        if (coloring.Scale is { } scale)
        {
            json.WriteStartObject("scale");
            json.WriteNumber("low", scale.Low);
            json.WriteNumber("high", scale.High);
            json.WriteBoolean("log", scale.Log);
            json.WriteString("note", scale.Note);
            json.WriteStartArray("ticks");
            foreach (Tick tick in scale.Ticks())
            {
                json.WriteStartObject();
                json.WriteNumber("at", scale.Position(tick.Value));
                json.WriteString("label", tick.Label);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteStartArray("entries");
        foreach ((string name, int index) in coloring.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("index", index);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Classes(Utf8JsonWriter json, Partition partition, IReadOnlyList<string>? names)
    {
        int largest = -1;
        foreach (int c in partition.Classes)
            largest = Math.Max(largest, c);
        json.WriteStartArray("classNames");
        for (int c = 0; c <= largest; c++)
            json.WriteStringValue(names is not null && c < names.Count ? names[c] : c.ToString(CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }

    private static void Points(Utf8JsonWriter json, IReadOnlyList<FigurePoint> points)
    {
        json.WriteStartArray("points");
        foreach (FigurePoint point in points)
        {
            json.WriteStartObject();
            json.WriteNumber("s", point.S);
            json.WriteNumber("t", point.T);
            json.WriteString("label", point.Label);
            json.WriteString("color", point.Class is int c ? Hex(Palettes.Class(c)) : "#ffffff");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Statistics(Utf8JsonWriter json, Partition partition)
    {
        json.WriteStartArray("statistics");
        Row("regions", PartitionDrawing.Count(partition.RegionCount));
        if (partition.DistinctAffineMaps is int maps)
            Row("different affine maps", PartitionDrawing.Count(maps));
        Row("vertices", PartitionDrawing.Count(partition.VertexCount));
        Row("edges", PartitionDrawing.Count(partition.EdgeCount));
        Row("Euler characteristic", PartitionDrawing.Count(partition.EulerCharacteristic));
        Row("total area", Ticks.Significant(partition.TotalArea));
        for (int l = 0; l < partition.RegionsPerLayer.Length; l++)
            Row($"regions after layer {l + 1}", PartitionDrawing.Count(partition.RegionsPerLayer[l]));
        if (partition.Boundary is { } boundary)
            Row("boundary length", Ticks.Significant(boundary.Length));
        Row("status", partition.Status == Numerics.Status.Complete ? "complete" : "incomplete");
        json.WriteEndArray();

        void Row(string name, string value)
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }

    private static string Hex(uint color) => "#" + color.ToString("x6", CultureInfo.InvariantCulture);
}
