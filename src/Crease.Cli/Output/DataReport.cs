using System.Globalization;
using System.Text.Json;
using Crease.Models;

namespace Crease.Cli.Output;

/// <summary>What <c>crease data show</c> says: a JSON document or a short table.</summary>
internal sealed class DataReport(DataSet data, IReadOnlyList<string> parts, double seconds, CommonWords words)
{
    private const int MostListed = 20;

    private readonly DataRange _range = data.Range;
    private readonly (int Label, int Rows)[] _classes = [.. (data.Labels ?? []).CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("data", data.Name);
        json.WriteNumber("rows", data.Count);
        JsonDocumentWriter.Integers(json, "shape", data.Shape.Extents.AsSpan());
        JsonDocumentWriter.Texts(json, "parts", parts);
        json.WriteStartObject("range");
        JsonDocumentWriter.Number(json, "low", _range.Low);
        JsonDocumentWriter.Number(json, "high", _range.High);
        json.WriteBoolean("isMeasured", _range.IsMeasured);
        json.WriteEndObject();
        json.WriteNumber("targets", data.Targets?[0].Length ?? 0);
        json.WriteNumber("classCount", data.Classes);
        json.WriteStartArray("classes");
        foreach ((int label, int rows) in _classes)
        {
            json.WriteStartObject();
            json.WriteNumber("label", label);
            json.WriteString("name", data.ClassName(label));
            json.WriteNumber("rows", rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", words.Seed, seconds, []);

    public void WriteTable(TextWriter output)
    {
        Line("data", data.Name);
        Line("rows", data.Count.ToString("N0", CultureInfo.InvariantCulture));
        Line("shape", $"{data.Shape}{(data.IsImage ? " (channels, height, width)" : "")}");
        Line("range", string.Create(CultureInfo.InvariantCulture, $"{_range.Low:G6} to {_range.High:G6} ({(_range.IsMeasured ? "measured" : "by format")})"));
        if (parts.Count > 0)
            Line("parts", string.Join(", ", parts.Select(part => "#" + part)));
        if (data.Targets is double[][] targets)
            Line("targets", string.Create(CultureInfo.InvariantCulture, $"{targets[0].Length} per row, {targets.Min(row => row.Min()):G6} to {targets.Max(row => row.Max()):G6}"));
        if (data.Labels is null)
            return;
        string list = string.Join(", ", _classes.Take(MostListed).Select(found => string.Create(CultureInfo.InvariantCulture, $"{data.ClassName(found.Label)}: {found.Rows}")));
        Line("classes", $"{_classes.Length}{(data.Classes > _classes.Length ? $" of {data.Classes}" : "")}  ({list}{(_classes.Length > MostListed ? ", ..." : "")})");

        void Line(string name, string value) => output.WriteLine($"{name,-18} {value}");
    }
}
