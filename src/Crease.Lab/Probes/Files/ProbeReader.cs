using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Reads a saved probe that is not to be trusted.</summary>
/// <param name="path">Name of the file.</param>
internal sealed class ProbeReader(string path)
{
    private const long LargestFile = 1L << 28;
    private const int MostFeatures = 100_000, MostScores = 1000, MostTrees = 10_000, MostNodes = 1 << 20, MostLayers = 100_000;

    private readonly string _file = Path.GetFileName(path);

    public Probe Read()
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > LargestFile)
                throw Fault($"has {length} bytes; at most {LargestFile} are accepted");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 16 });
            return Of(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new ModelException(_file, $"cannot be read as a saved probe: {fault.Message.Split('\n')[0]}", fault);
        }
    }

    private Probe Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String || format.GetString() != ProbeFile.Format)
            throw Fault($"is no saved probe; expected a JSON object whose 'format' is {ProbeFile.Format}");
        if (Whole(root, "version", 1, int.MaxValue) is var version && version != ProbeFile.Version)
            throw Fault($"'version' is {version}; expected {ProbeFile.Version}");
        JsonElement model = Member(root, "model", JsonValueKind.Object);
        var origin = new ProbeOrigin(Text(model, "name"), Whole(model, "layers", 1, MostLayers), Whole(model, "width", 1, int.MaxValue), Text(model, "precision"));
        ProbeKind kind = Text(root, "kind") switch
        {
            "logistic" => ProbeKind.Logistic,
            "forest" => ProbeKind.Forest,
            string other => throw Fault($"'kind' is '{other}'; expected logistic or forest"),
        };
        string[] features = [.. List(root, "features", 1, MostFeatures).Select(name => name.ValueKind == JsonValueKind.String ? name.GetString()! : throw Fault("'features' holds something that is no text; expected names"))];
        if (features.Distinct(StringComparer.Ordinal).Count() != features.Length)
            throw Fault("'features' names one feature twice; expected different names");
        if (Array.Find(features, name => ProbeTable.PlaceOf(name) is (int layer, _) && layer >= origin.Layers) is string beyond)
            throw Fault($"'features' holds '{beyond}'; expected at most {origin.Layers} layers, as many as its model has");
        var scale = new Standardization([.. Numbers(root, "means", features.Length)], [.. Numbers(root, "deviations", features.Length)]);
        if (scale.Deviations.Any(deviation => deviation < 0))
            throw Fault("'deviations' holds a number below 0; expected numbers from 0");
        JsonElement[] scores = List(root, "scores", 1, MostScores);
        string[] names = Array.ConvertAll(scores, score => Text(score, "name"));
        return new Probe(origin, kind, [.. features], scale, [.. names], Array.ConvertAll(scores, score => Scorer(score, kind, features.Length)));
    }

    private ProbeScorer Scorer(JsonElement score, ProbeKind kind, int features)
    {
        if (kind == ProbeKind.Logistic)
            return new LogisticScorer(Numbers(score, "weights", features), Number(Member(score, "bias", JsonValueKind.Number), "bias"));
        return new ForestScorer([.. List(score, "trees", 1, MostTrees).Select(tree => Tree(tree, features))]);
    }

    private DecisionTree Tree(JsonElement tree, int features)
    {
        int nodes = List(tree, "features", 0, MostNodes).Length;
        var read = new DecisionTree(Integers(tree, "features", nodes), Numbers(tree, "thresholds", nodes), Integers(tree, "left", nodes), Integers(tree, "right", nodes), Numbers(tree, "leaves", nodes + 1));
        for (int node = 0; node < nodes; node++)
        {
            if ((uint)read.Features[node] >= features)
                throw Fault($"a tree looks at feature {read.Features[node]}; expected 0 to {features - 1}");
            // Children come later, so that every walk ends.
            foreach (int child in (int[])[read.Left[node], read.Right[node]])
            {
                if (child >= 0 ? child <= node || child >= nodes : ~child > nodes)
                    throw Fault($"node {node} of a tree leads to {child}; expected a later node below {nodes}, or a leaf from {~nodes} to -1");
            }
        }
        return read;
    }

    private JsonElement Member(JsonElement of, string name, JsonValueKind kind) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
        ? value
        : throw Fault($"'{name}' is absent or of another kind; expected {(kind switch { JsonValueKind.Array => "a list", JsonValueKind.Object => "an object", JsonValueKind.String => "a text", _ => "a number" })}");

    private JsonElement[] List(JsonElement of, string name, int least, int most) => Member(of, name, JsonValueKind.Array) is var list && list.GetArrayLength() >= least && list.GetArrayLength() <= most
        ? [.. list.EnumerateArray()]
        : throw Fault($"'{name}' has {Member(of, name, JsonValueKind.Array).GetArrayLength()} entries; expected {(least == most ? $"{least}" : $"{least} to {most}")}");

    private string Text(JsonElement of, string name) => Member(of, name, JsonValueKind.String).GetString()!;

    private int Whole(JsonElement of, string name, int least, int most) => Member(of, name, JsonValueKind.Number).TryGetInt32(out int value) && value >= least && value <= most
        ? value
        : throw Fault($"'{name}' is {Member(of, name, JsonValueKind.Number).GetRawText()}; expected a whole number from {least} to {most}");

    private double[] Numbers(JsonElement of, string name, int count) => Array.ConvertAll(List(of, name, count, count), value => Number(value, name));

    private double Number(JsonElement value, string name) => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? value.GetDouble() : throw Fault($"'{name}' holds something that is no finite number");

    private int[] Integers(JsonElement of, string name, int count) =>
        Array.ConvertAll(List(of, name, count, count), value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) ? whole : throw Fault($"'{name}' holds something that is no whole number"));

    private ModelException Fault(string message) => new(_file, message);
}
