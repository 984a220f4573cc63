using System.Collections.Immutable;
using System.Text.Json;
using Crease.Lab;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>One JSON document with the fields that every verb reports.</summary>
internal static class JsonDocumentWriter
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true };

    /// <summary>Version of the tool, as in its package.</summary>
    public static string Version { get; } = typeof(JsonDocumentWriter).Assembly.GetName().Version is { } version ? $"{version.Major}.{version.Minor}.{version.Build}" : "0.0.0";

    public static void Write(Stream stream, Action<Utf8JsonWriter> body, string status, string exactness, long seed, double seconds, ImmutableArray<string> citations)
    {
        using var json = new Utf8JsonWriter(stream, Layout);
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteString("name", "crease");
        json.WriteString("version", Version);
        json.WriteEndObject();
        body(json);
        Number(json, "seconds", seconds);
        json.WriteNumber("seed", seed);
        json.WriteString("exactness", exactness);
        json.WriteString("status", status);
        Texts(json, "citations", citations);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    public static void Print(TextWriter output, Action<Stream> document)
    {
        using var stream = new TextStream(output);
        document(stream);
    }

    /// <summary>A finite number, or null: JSON has no infinities.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    public static void Summary(Utf8JsonWriter json, string name, Summary summary)
    {
        json.WriteStartObject(name);
        Number(json, "mean", summary.Mean);
        Number(json, "std", summary.Std);
        Number(json, "min", summary.Min);
        Number(json, "max", summary.Max);
        json.WriteEndObject();
    }

    public static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void Bins(Utf8JsonWriter json, string name, ReadOnlySpan<SuccessBin> bins)
    {
        json.WriteStartArray(name);
        foreach (SuccessBin bin in bins)
        {
            json.WriteStartObject();
            json.WriteNumber("low", bin.Low);
            json.WriteNumber("high", bin.High);
            json.WriteNumber("count", bin.Count);
            json.WriteNumber("correct", bin.Correct);
            Number(json, "rate", bin.Rate);
            Number(json, "rateLow", bin.Interval?.Low);
            Number(json, "rateHigh", bin.Interval?.High);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Integers(Utf8JsonWriter json, string name, ReadOnlySpan<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
