using System.Globalization;
using System.Text;
using Crease.Lab;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language map</c> says: a JSON document, a table, a CSV, or a scatter.</summary>
internal sealed class MapReport(string source, string field, FeatureMap map, (double InFeatures, double InMap, double ByChance) agreement, double seconds, CommonWords common)
{
    private const int MostListed = 12;

    private readonly string[] _names = [.. map.Labels.Distinct().OrderByDescending(name => map.Labels.Count(label => label == name)).ThenBy(name => name, StringComparer.Ordinal)];

    private bool IsPca => map.OfNeighbors is null;

    private string Method => IsPca ? "principal components" : string.Create(CultureInfo.InvariantCulture, $"t-SNE, perplexity {map.OfNeighbors!.Perplexity:0.##}");

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("features", source);
        json.WriteString("method", IsPca ? "pca" : "tsne");
        json.WriteString("color", field);
        json.WriteNumber("leftOut", map.LeftOut);
        JsonDocumentWriter.Numbers(json, "varianceShares", map.Shares);
        if (map.OfNeighbors is NeighborMap neighbors)
        {
            json.WriteNumber("perplexity", neighbors.Perplexity);
            json.WriteBoolean("countsAllPairs", neighbors.IsExact);
            json.WriteStartArray("losses");
            foreach ((int step, double loss) in neighbors.Losses)
            {
                json.WriteStartObject();
                json.WriteNumber("step", step);
                JsonDocumentWriter.Number(json, "loss", loss);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteStartObject("labelAgreement");
        json.WriteNumber("neighbors", FeatureMap.Neighbors);
        json.WriteNumber("inFeatures", agreement.InFeatures);
        json.WriteNumber("inMap", agreement.InMap);
        json.WriteNumber("byChance", agreement.ByChance);
        json.WriteEndObject();
        json.WriteStartArray("points");
        for (int i = 0; i < map.Rows.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("row", map.Rows[i]);
            json.WriteString("label", map.Labels[i]);
            json.WriteNumber("x", map.Places[i][0]);
            json.WriteNumber("y", map.Places[i][1]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", IsPca ? "exact" : "sampled", common.Seed, seconds, IsPca ? ["balestriero2024characterizing"] : ["balestriero2024characterizing", "vandermaaten2008tsne", "vandermaaten2014accelerating"]);

    public void WriteTable(TextWriter output)
    {
        Line("features", $"{source}: {map.Rows.Length:N0} texts{(map.LeftOut > 0 ? $"; {map.LeftOut:N0} without all features are left out" : "")}");
        Line("method", $"{Method}; every feature scaled to deviation 1");
        Line("variance", $"{100 * map.Shares[0]:F1} % along component 1, {100 * map.Shares[1]:F1} % along component 2");
        if (map.OfNeighbors is NeighborMap neighbors)
            Line("loss", $"{neighbors.Losses[^1].Loss:F4} nats after {neighbors.Losses[^1].Step:N0} steps, {(neighbors.IsExact ? "all pairs counted" : "far groups counted as one")}");
        Line("agreement", $"{100 * agreement.InFeatures:F1} % of the {FeatureMap.Neighbors} nearest texts share the label in the features, {100 * agreement.InMap:F1} % in the map, {100 * agreement.ByChance:F1} % by chance");
        Line("labels", $"{string.Join(", ", _names.Take(MostListed).Select(name => $"{name} {map.Labels.Count(label => label == name)}"))}{(_names.Length > MostListed ? $" and {_names.Length - MostListed} more" : "")}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("row,label,x,y");
        for (int i = 0; i < map.Rows.Length; i++)
            writer.WriteLine(FormattableString.Invariant($"{map.Rows[i]},{CsvCell.Quoted(map.Labels[i])},{map.Places[i][0]:R},{map.Places[i][1]:R}"));
    }

    public PointMapFigure Figure(string? title, int? width)
    {
        var index = _names.Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at);
        PointMapFigureOptions options = PointMapFigureOptions.Default with
        {
            Title = title ?? $"Spline features of {source}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Method}; {100 * agreement.InMap:F0} % of the nearest {FeatureMap.Neighbors} share the label, {100 * agreement.ByChance:F0} % by chance"),
            XLabel = IsPca ? Component(0) : "t-SNE 1 (no unit)",
            YLabel = IsPca ? Component(1) : "t-SNE 2 (no unit)",
            LegendLabel = field,
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture, $"{map.Rows.Length} texts by {Method}; labels color the points and took no part in placing them."),
                IsPca ? "Distances along the axes are in deviations of the scaled features." : "Only neighborhoods mean something here: sizes of groups and distances between them do not.",
                "Texts of different sources differ in length, topic and form at once; a map that separates them does not say by which.",
            ],
        };
        return PointMapFigure.Of(new PointMap([.. map.Places.Select(place => place[0])], [.. map.Places.Select(place => place[1])], [.. map.Labels.Select(label => index[label])], _names), width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    private string Component(int component) => string.Create(CultureInfo.InvariantCulture, $"component {component + 1}, {100 * map.Shares[component]:F0} % of variance");
}
