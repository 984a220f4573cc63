using System.CommandLine;
using System.Text.Json;
using Crease.Cli.Output;
using Crease.Models;

namespace Crease.Cli.Commands;

/// <summary><c>crease data list</c>: bundled, synthetic and fetchable data sets.</summary>
internal static class DataListCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("list", "Data sets that are bundled, drawn on demand, or can be fetched.");
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            shell.Show(common, stream => JsonDocumentWriter.Write(stream, Write, "complete", "exact", common.Seed, 0, []), Print, []);
            return 0;
        });
        return command;
    }

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("bundled");
        foreach (string name in Examples.DataNames)
        {
            json.WriteStartObject();
            json.WriteString("data", "example:" + name);
            Strings(json, "parts", DataSource.PartNames("example:" + name));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("synthetic");
        foreach (string name in SyntheticSource.Names)
        {
            json.WriteStartObject();
            json.WriteString("data", "synthetic:" + name);
            Strings(json, "keys", SyntheticSource.Keys(name));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("fetchable");
        foreach (string name in DataDownload.Names)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("about", DataDownload.About(name));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Print(TextWriter output)
    {
        output.WriteLine("bundled");
        foreach (string name in Examples.DataNames)
        {
            IReadOnlyList<string> parts = DataSource.PartNames("example:" + name);
            output.WriteLine($"  {"example:" + name,-28}{(parts.Count == 0 ? "" : " parts " + string.Join(", ", parts.Select(part => "#" + part)))}".TrimEnd());
        }
        output.WriteLine("drawn on demand (append ,key=value)");
        foreach (string name in SyntheticSource.Names)
            output.WriteLine($"  {"synthetic:" + name,-28} {string.Join(", ", SyntheticSource.Keys(name))}");
        output.WriteLine("to be fetched (crease data fetch NAME)");
        foreach (string name in DataDownload.Names)
            output.WriteLine($"  {name,-28} {DataDownload.About(name)}");
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
