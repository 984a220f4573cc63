using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Crease.Geometry;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>Saves which regions are neighbors: edges as a table, or nodes and edges as GraphML or JSON.</summary>
internal static class RegionGraphFile
{
    private const int FlushEvery = 4096;

    public static readonly string[] Endings = [".csv", ".graphml", ".json"];

    public static void Save(string path, Partition partition) => ResultFile.Save(path, stream => Write(stream, Path.GetExtension(path).ToLowerInvariant(), RegionGraph.Of(partition)));

    private static void Write(Stream stream, string ending, RegionGraph graph)
    {
        switch (ending)
        {
            case ".csv":
                WriteCsv(stream, graph);
                break;
            case ".graphml":
                WriteXml(stream, graph);
                break;
            default:
                WriteJson(stream, graph);
                break;
        }
    }

    private static void WriteCsv(Stream stream, RegionGraph graph)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("source,target,layer,unit,lower,upper,length");
        foreach (RegionEdge edge in graph.Edges)
            writer.WriteLine(FormattableString.Invariant($"{edge.First},{edge.Second},{edge.Crease.Layer},{edge.Crease.Unit},{edge.Crease.Lower},{edge.Crease.Upper},{edge.Length:R}"));
    }

    private static void WriteXml(Stream stream, RegionGraph graph)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = false });
        xml.WriteStartElement("graphml", "http://graphml.graphdrawing.org/xmlns");
        foreach ((string name, string of, string type) in ((string, string, string)[])
            [("code", "node", "string"), ("area", "node", "double"), ("class", "node", "int"), ("slopeNorm", "node", "double"), ("x", "node", "double"), ("y", "node", "double"), ("layer", "edge", "int"), ("unit", "edge", "int"), ("length", "edge", "double")])
        {
            xml.WriteStartElement("key");
            xml.WriteAttributeString("id", name);
            xml.WriteAttributeString("for", of);
            xml.WriteAttributeString("attr.name", name);
            xml.WriteAttributeString("attr.type", type);
            xml.WriteEndElement();
        }
        xml.WriteStartElement("graph");
        xml.WriteAttributeString("edgedefault", "undirected");
        for (int region = 0; region < graph.Partition.RegionCount; region++)
        {
            (double x, double y) = graph.Partition.Center(region);
            xml.WriteStartElement("node");
            xml.WriteAttributeString("id", Text(region));
            Data("code", graph.Partition.CodeHashes[region].ToString("x16", CultureInfo.InvariantCulture));
            Data("area", Text(graph.Partition.Areas[region]));
            Data("class", Text(graph.Partition.Classes[region]));
            Data("slopeNorm", Text(graph.Partition.SlopeNorms[region]));
            Data("x", Text(x));
            Data("y", Text(y));
            xml.WriteEndElement();
        }
        foreach (RegionEdge edge in graph.Edges)
        {
            xml.WriteStartElement("edge");
            xml.WriteAttributeString("source", Text(edge.First));
            xml.WriteAttributeString("target", Text(edge.Second));
            Data("layer", Text(edge.Crease.Layer));
            Data("unit", Text(edge.Crease.Unit));
            Data("length", Text(edge.Length));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();

        void Data(string key, string value)
        {
            xml.WriteStartElement("data");
            xml.WriteAttributeString("key", key);
            xml.WriteString(value);
            xml.WriteEndElement();
        }
    }

    private static void WriteJson(Stream stream, RegionGraph graph)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("network", graph.Partition.Network.Name);
        json.WriteStartArray("nodes");
        for (int region = 0; region < graph.Partition.RegionCount; region++)
        {
            (double x, double y) = graph.Partition.Center(region);
            json.WriteStartObject();
            json.WriteString("code", graph.Partition.CodeHashes[region].ToString("x16", CultureInfo.InvariantCulture));
            JsonDocumentWriter.Number(json, "area", graph.Partition.Areas[region]);
            json.WriteNumber("class", graph.Partition.Classes[region]);
            JsonDocumentWriter.Number(json, "slopeNorm", graph.Partition.SlopeNorms[region]);
            JsonDocumentWriter.Numbers(json, "center", [x, y]);
            json.WriteEndObject();
            Flush(json, region);
        }
        json.WriteEndArray();
        json.WriteStartArray("edges");
        for (int e = 0; e < graph.Edges.Length; e++)
        {
            RegionEdge edge = graph.Edges[e];
            json.WriteStartObject();
            json.WriteNumber("source", edge.First);
            json.WriteNumber("target", edge.Second);
            json.WriteNumber("layer", edge.Crease.Layer);
            json.WriteNumber("unit", edge.Crease.Unit);
            json.WriteNumber("lower", edge.Crease.Lower);
            json.WriteNumber("upper", edge.Crease.Upper);
            JsonDocumentWriter.Number(json, "length", edge.Length);
            json.WriteEndObject();
            Flush(json, e);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    // A graph of millions of regions does not fit into the writer's buffer.
    private static void Flush(Utf8JsonWriter json, int written)
    {
        if (written % FlushEvery == FlushEvery - 1)
            json.Flush();
    }

    private static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
