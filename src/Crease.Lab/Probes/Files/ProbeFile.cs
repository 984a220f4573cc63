using System.Text.Json;

namespace Crease.Lab;

/// <summary>Saved probes: a JSON document with the names of features, their scale, and weights or trees; all digits, so that scores are the same.</summary>
public static class ProbeFile
{
    internal const string Format = "crease-probe";
    internal const int Version = 1;

    private static readonly JsonWriterOptions Layout = new() { Indented = true };

    /// <summary>Saves a probe; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="path">Name of the file.</param>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public static void Save(Probe probe, string path) => RunFolder.Write(path, stream => Write(probe, stream));

    /// <summary>Loads a probe.</summary>
    /// <param name="path">Name of the file.</param>
    /// <exception cref="Models.ModelException">The file is absent, damaged, or no probe; the message is one line.</exception>
    public static Probe Load(string path) => new ProbeReader(path).Read();

    internal static void Write(Probe probe, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Layout);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteStartObject("model");
        json.WriteString("name", probe.Origin.Model);
        json.WriteNumber("layers", probe.Origin.Layers);
        json.WriteNumber("width", probe.Origin.Width);
        json.WriteString("precision", probe.Origin.Precision);
        json.WriteEndObject();
        json.WriteString("kind", probe.Kind == ProbeKind.Logistic ? "logistic" : "forest");
        json.WriteStartArray("features");
        foreach (string name in probe.Features)
            json.WriteStringValue(name);
        json.WriteEndArray();
        Numbers(json, "means", probe.Scale.Means.AsSpan());
        Numbers(json, "deviations", probe.Scale.Deviations.AsSpan());
        json.WriteStartArray("scores");
        for (int i = 0; i < probe.Names.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", probe.Names[i]);
            Write(json, probe.Scorers[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProbeScorer scorer)
    {
        if (scorer is LogisticScorer logistic)
        {
            json.WriteNumber("bias", logistic.Bias);
            Numbers(json, "weights", logistic.Weights);
            return;
        }
        json.WriteStartArray("trees");
        foreach (DecisionTree tree in ((ForestScorer)scorer).Trees)
        {
            json.WriteStartObject();
            Integers(json, "features", tree.Features);
            Numbers(json, "thresholds", tree.Thresholds);
            Integers(json, "left", tree.Left);
            Integers(json, "right", tree.Right);
            Numbers(json, "leaves", tree.Leaves);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Integers(Utf8JsonWriter json, string name, ReadOnlySpan<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
