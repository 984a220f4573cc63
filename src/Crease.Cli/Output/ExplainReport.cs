using System.Collections.Immutable;
using System.Globalization;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>What <c>crease explain</c> says: a JSON document or a short table.</summary>
internal sealed class ExplainReport(Network network, double[] input, LocalGeometry geometry, CommonWords words, double seconds)
{
    private const int MostListed = 10;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        JsonDocumentWriter.Numbers(json, "input", input);
        JsonDocumentWriter.Numbers(json, "output", geometry.Output);
        json.WriteNumber("class", geometry.Class);
        json.WriteNumber("runnerUp", geometry.RunnerUp);
        json.WriteStartObject("affineMap");
        json.WriteNumber("outputs", geometry.Map.Outputs);
        json.WriteNumber("inputs", geometry.Map.Inputs);
        JsonDocumentWriter.Numbers(json, "slopes", geometry.Map.Slopes);
        JsonDocumentWriter.Numbers(json, "offsets", geometry.Map.Offsets);
        JsonDocumentWriter.Number(json, "slopeNorm", geometry.Map.SlopeNorm);
        json.WriteEndObject();
        JsonDocumentWriter.Number(json, "regionDistance", geometry.RegionDistance);
        JsonDocumentWriter.Number(json, "boundaryDistance", geometry.BoundaryDistance);
        json.WriteBoolean("boundaryDistanceIsExact", geometry.IsBoundaryDistanceExact);
        json.WriteStartArray("layers");
        for (int l = 0; l < geometry.Layers.Length; l++)
        {
            json.WriteStartObject();
            json.WriteString("name", geometry.Layers[l].Name);
            json.WriteString("kind", geometry.Layers[l].Layer.Kind);
            JsonDocumentWriter.Integers(json, "code", geometry.Code.Pieces[l].AsSpan());
            JsonDocumentWriter.Number(json, "creaseDistance", geometry.CreaseDistances[l]);
            json.WriteBoolean("creaseDistanceIsExact", geometry.IsCreaseDistanceExact(l));
            JsonDocumentWriter.Number(json, "centroidNorm", geometry.CentroidNorms[l]);
            JsonDocumentWriter.Number(json, "centroidDistance", geometry.CentroidDistances[l]);
            JsonDocumentWriter.Number(json, "radius", geometry.Radii[l]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", words.Seed, seconds, ["balestriero2018spline", "balestriero2019geometry"]);

    public void WriteNpz(Stream stream) => Npz.Write(stream,
        ("input", s => Npy.Write(s, input, input.Length)),
        ("output", s => Npy.Write(s, geometry.Output, geometry.Output.Length)),
        ("slopes", s => Npy.Write(s, geometry.Map.Slopes, geometry.Map.Outputs, geometry.Map.Inputs)),
        ("offsets", s => Npy.Write(s, geometry.Map.Offsets, geometry.Map.Outputs)),
        ("crease_distances", s => Npy.Write(s, geometry.CreaseDistances.AsSpan(), geometry.CreaseDistances.Length)));

    public void WriteTable(TextWriter output)
    {
        Line("class", $"{geometry.Class} (outputs {Listed(geometry.Output)})");
        Line("affine map", $"{geometry.Map.Outputs} x {geometry.Map.Inputs}, slope norm {geometry.Map.SlopeNorm:G5}, offsets {Listed(geometry.Map.Offsets.ToArray())}");
        Line("template", $"class {geometry.Class}: {Template(geometry.Map.Outputs == 1 ? 0 : geometry.Class)}");
        if (geometry.RunnerUp >= 0)
            Line("template", $"runner-up {geometry.RunnerUp}: {Template(geometry.RunnerUp)}");
        Line("region border", $"at distance {geometry.RegionDistance:G6} {(geometry.RegionDistance == 0 ? "(exact: the input lies on a crease)" : "(exact)")}");
        Line("decision boundary", $"at distance {geometry.BoundaryDistance:G6} ({(geometry.IsBoundaryDistanceExact ? "exact: inside the region" : "of this region's map; it lies beyond the region's border")})");
        output.WriteLine();
        output.WriteLine($"{"layer",-24} {"kind",-16} {"code",-22} {"nearest crease",20} {"|centroid|",12} {"|x - centroid|",15} {"radius",14}");
        for (int l = 0; l < geometry.Layers.Length; l++)
        {
            Node layer = geometry.Layers[l];
            string row = string.Create(CultureInfo.InvariantCulture, $"{Short(layer.Name, 24),-24} {layer.Layer.Kind,-16} {CodeText(geometry.Code.Pieces[l]),-22} {geometry.CreaseDistances[l],14:G6} {(geometry.IsCreaseDistanceExact(l) ? "exact" : "plane"),-5} {geometry.CentroidNorms[l],12:G5} {geometry.CentroidDistances[l],15:G5} {geometry.Radii[l],14:G6}");
            output.WriteLine(row);
        }
        if (Enumerable.Range(0, geometry.Layers.Length).Any(l => !geometry.IsCreaseDistanceExact(l)))
            output.WriteLine("plane: an earlier layer folds nearer; this is the distance to the hyperplane that continues the crease straight");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string CodeText(ImmutableArray<int> pieces) => pieces.Length <= 20 ? string.Concat(pieces) : $"{pieces.Count(piece => piece > 0)} of {pieces.Length} on";

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";

    private static string Listed(double[] values) =>
        string.Join(", ", values.Take(MostListed).Select(value => value.ToString("G5", CultureInfo.InvariantCulture))) + (values.Length > MostListed ? ", ..." : "");

    // Small inputs are listed whole; of large ones the entries that weigh most.
    private string Template(int row)
    {
        double[] slopes = geometry.Map.Slopes.Slice(row * geometry.Map.Inputs, geometry.Map.Inputs).ToArray();
        if (slopes.Length <= MostListed)
            return Listed(slopes);
        IEnumerable<int> largest = Enumerable.Range(0, slopes.Length).OrderByDescending(i => Math.Abs(slopes[i])).Take(5);
        return "largest " + string.Join(", ", largest.Select(i => string.Create(CultureInfo.InvariantCulture, $"[{i}] {slopes[i]:G4}")));
    }
}
