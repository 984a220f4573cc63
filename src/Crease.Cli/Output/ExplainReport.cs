using System.Collections.Immutable;
using System.Globalization;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Cli.Output;

/// <summary>What <c>crease explain</c> says: a JSON document or a short table.</summary>
internal sealed class ExplainReport(Network network, Explanation explanation, CommonWords words, double seconds)
{
    private const int MostListed = 10;

    private readonly double[] _input = explanation.Input;
    private readonly LocalGeometry _geometry = explanation.Geometry;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        JsonDocumentWriter.Numbers(json, "input", _input);
        JsonDocumentWriter.Numbers(json, "output", _geometry.Output);
        json.WriteNumber("class", _geometry.Class);
        json.WriteNumber("runnerUp", _geometry.RunnerUp);
        json.WriteStartObject("affineMap");
        json.WriteNumber("outputs", _geometry.Map.Outputs);
        json.WriteNumber("inputs", _geometry.Map.Inputs);
        JsonDocumentWriter.Numbers(json, "slopes", _geometry.Map.Slopes);
        JsonDocumentWriter.Numbers(json, "offsets", _geometry.Map.Offsets);
        JsonDocumentWriter.Number(json, "slopeNorm", _geometry.Map.SlopeNorm);
        json.WriteEndObject();
        json.WriteStartArray("scores");
        for (int o = 0; o < _geometry.Output.Length; o++)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "score", _geometry.Output[o]);
            JsonDocumentWriter.Number(json, "match", explanation.Match(o));
            JsonDocumentWriter.Number(json, "offset", _geometry.Map.Offsets[o]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("codeHash", explanation.CodeHash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartObject("lipschitz");
        JsonDocumentWriter.Number(json, "local", explanation.LocalLipschitz);
        JsonDocumentWriter.Number(json, "bound", explanation.Bound?.Bound);
        json.WriteBoolean("boundHasConverged", explanation.Bound?.HasConverged ?? false);
        json.WriteEndObject();
        json.WriteStartObject("convexity");
        json.WriteBoolean("isConvex", explanation.Convexity.IsConvex);
        json.WriteString("reason", explanation.Convexity.Reason);
        json.WriteEndObject();
        Wall(json);
        JsonDocumentWriter.Number(json, "regionDistance", _geometry.RegionDistance);
        JsonDocumentWriter.Number(json, "boundaryDistance", _geometry.BoundaryDistance);
        json.WriteBoolean("boundaryDistanceIsExact", _geometry.IsBoundaryDistanceExact);
        json.WriteStartArray("layers");
        for (int l = 0; l < _geometry.Layers.Length; l++)
        {
            json.WriteStartObject();
            json.WriteString("name", _geometry.Layers[l].Name);
            json.WriteString("kind", _geometry.Layers[l].Layer.Kind);
            JsonDocumentWriter.Integers(json, "code", _geometry.Code.Pieces[l].AsSpan());
            JsonDocumentWriter.Number(json, "creaseDistance", _geometry.CreaseDistances[l]);
            json.WriteBoolean("creaseDistanceIsExact", _geometry.IsCreaseDistanceExact(l));
            json.WriteNumber("nearestUnit", _geometry.NearestCreases[l].Unit);
            JsonDocumentWriter.Number(json, "centroidNorm", _geometry.CentroidNorms[l]);
            JsonDocumentWriter.Number(json, "centroidDistance", _geometry.CentroidDistances[l]);
            JsonDocumentWriter.Number(json, "radius", _geometry.Radii[l]);
            JsonDocumentWriter.Numbers(json, "centroid", _geometry.Centroid(l));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", words.Seed, seconds, ["balestriero2018spline", "balestriero2019geometry"]);

    public void WriteNpz(Stream stream) => Npz.Write(stream,
        ("input", s => Npy.Write(s, _input, _input.Length)),
        ("output", s => Npy.Write(s, _geometry.Output, _geometry.Output.Length)),
        ("slopes", s => Npy.Write(s, _geometry.Map.Slopes, _geometry.Map.Outputs, _geometry.Map.Inputs)),
        ("offsets", s => Npy.Write(s, _geometry.Map.Offsets, _geometry.Map.Outputs)),
        ("crease_distances", s => Npy.Write(s, _geometry.CreaseDistances.AsSpan(), _geometry.CreaseDistances.Length)),
        ("centroids", s => Npy.Write(s, Centroids(), _geometry.Layers.Length, _input.Length)),
        ("radii", s => Npy.Write(s, _geometry.Radii.AsSpan(), _geometry.Radii.Length)));

    private double[] Centroids() => [.. Enumerable.Range(0, _geometry.Layers.Length).SelectMany(l => _geometry.Centroid(l).ToArray())];

    public void WriteTable(TextWriter output)
    {
        Line("class", $"{_geometry.Class} (outputs {Listed(_geometry.Output)})");
        Line("affine map", $"{_geometry.Map.Outputs} x {_geometry.Map.Inputs}, slope norm {_geometry.Map.SlopeNorm:G5}, offsets {Listed(_geometry.Map.Offsets.ToArray())}");
        Line("template", $"class {_geometry.Class}: {Template(_geometry.Map.Outputs == 1 ? 0 : _geometry.Class)}");
        if (_geometry.RunnerUp >= 0)
            Line("template", $"runner-up {_geometry.RunnerUp}: {Template(_geometry.RunnerUp)}");
        Line("score", $"class {_geometry.Class}: {Split(_geometry.Output.Length == 1 ? 0 : _geometry.Class)}");
        if (_geometry.RunnerUp >= 0)
            Line("score", $"runner-up {_geometry.RunnerUp}: {Split(_geometry.RunnerUp)}");
        Line("code", $"hash {explanation.CodeHash:x16}");
        Line("Lipschitz", $"{explanation.LocalLipschitz:G5} in this region{(explanation.Bound is { } bound ? string.Create(CultureInfo.InvariantCulture, $", at most {bound.Bound:G5} anywhere{(bound.HasConverged ? "" : " (estimated: the iteration did not settle)")}") : "")}");
        Line("convex", $"{(explanation.Convexity.IsConvex ? "yes: " : "not shown: ")}{explanation.Convexity.Reason}");
        Line("region border", $"at distance {_geometry.RegionDistance:G6} {(_geometry.RegionDistance == 0 ? "(exact: the input lies on a crease)" : "(exact)")}");
        if (explanation.Wall is { } wall)
            Line("beyond it", $"{_geometry.Layers[wall.Crease.Layer].Name} unit {wall.Crease.Unit} is on piece {wall.Crease.Piece}{(explanation.FoldingUnits == 1 ? "" : $", with {Math.Max(0, explanation.FoldingUnits - 1)} more units: creases coincide there")}{(explanation.Bend is double bend ? string.Create(CultureInfo.InvariantCulture, $"; the boundary between {_geometry.Class} and {_geometry.RunnerUp} bends by {bend:G4} rad") : "")}");
        Line("decision boundary", $"at distance {_geometry.BoundaryDistance:G6} ({(_geometry.IsBoundaryDistanceExact ? "exact: inside the region" : "of this region's map; it lies beyond the region's border")})");
        output.WriteLine();
        output.WriteLine($"{"layer",-24} {"kind",-16} {"code",-22} {"nearest crease",20} {"|centroid|",12} {"|x - centroid|",15} {"radius",14}");
        for (int l = 0; l < _geometry.Layers.Length; l++)
        {
            Node layer = _geometry.Layers[l];
            string row = string.Create(CultureInfo.InvariantCulture, $"{ShortText.Of(layer.Name, 24),-24} {layer.Layer.Kind,-16} {CodeText(layer, _geometry.Code.Pieces[l]),-22} {_geometry.CreaseDistances[l],14:G6} {(_geometry.IsCreaseDistanceExact(l) ? "exact" : "plane"),-5} {_geometry.CentroidNorms[l],12:G5} {_geometry.CentroidDistances[l],15:G5} {_geometry.Radii[l],14:G6}");
            output.WriteLine(row);
        }
        if (Enumerable.Range(0, _geometry.Layers.Length).Any(l => !_geometry.IsCreaseDistanceExact(l)))
            output.WriteLine("plane: an earlier layer folds nearer; this is the distance to the hyperplane that continues the crease straight");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private void Wall(System.Text.Json.Utf8JsonWriter json)
    {
        if (explanation.Wall is not { } wall)
        {
            json.WriteNull("wall");
            return;
        }
        json.WriteStartObject("wall");
        json.WriteNumber("layer", wall.Crease.Layer);
        json.WriteNumber("unit", wall.Crease.Unit);
        json.WriteNumber("piece", wall.Crease.Piece);
        JsonDocumentWriter.Number(json, "distance", wall.Crease.Distance);
        JsonDocumentWriter.Numbers(json, "foot", wall.Foot.AsSpan());
        JsonDocumentWriter.Numbers(json, "normal", wall.Normal.AsSpan());
        JsonDocumentWriter.Numbers(json, "sensitivity", wall.Sensitivity.AsSpan());
        JsonDocumentWriter.Number(json, "slopeChange", wall.SlopeChange);
        json.WriteNumber("foldingUnits", explanation.FoldingUnits);
        JsonDocumentWriter.Number(json, "bendRadians", explanation.Bend);
        json.WriteEndObject();
    }

    private string Split(int output) => string.Create(CultureInfo.InvariantCulture, $"{_geometry.Output[output]:G5} = <template, input> {explanation.Match(output):G5} {(_geometry.Map.Offsets[output] < 0 ? "-" : "+")} {Math.Abs(_geometry.Map.Offsets[output]):G5}");

    // A winner's place says nothing once there are many windows.
    private static string CodeText(Node layer, ImmutableArray<int> pieces) => pieces.Length <= 20 ? string.Concat(pieces)
        : layer.Layer is MaxPooling ? $"{pieces.Length} windows" : $"{pieces.Count(piece => piece > 0)} of {pieces.Length} on";

    private static string Listed(double[] values) =>
        string.Join(", ", values.Take(MostListed).Select(value => value.ToString("G5", CultureInfo.InvariantCulture))) + (values.Length > MostListed ? ", ..." : "");

    // Small inputs are listed whole; of large ones the entries that weigh most.
    private string Template(int row)
    {
        double[] slopes = _geometry.Map.Slopes.Slice(row * _geometry.Map.Inputs, _geometry.Map.Inputs).ToArray();
        if (slopes.Length <= MostListed)
            return Listed(slopes);
        IEnumerable<int> largest = Enumerable.Range(0, slopes.Length).OrderByDescending(i => Math.Abs(slopes[i])).Take(5);
        return "largest " + string.Join(", ", largest.Select(i => string.Create(CultureInfo.InvariantCulture, $"[{i}] {slopes[i]:G4}")));
    }
}
