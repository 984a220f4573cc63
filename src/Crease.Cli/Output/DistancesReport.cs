using System.Globalization;
using System.Text;
using Crease.Measures;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease distances</c> says.</summary>
internal sealed class DistancesReport
{
    private const int MostPanels = 18;
    private const string StepPrefix = "step-";
    private static readonly (string Name, double Share)[] Quantiles = [("p05", 0.05), ("median", 0.5), ("p95", 0.95)];

    private readonly string[] _names;
    private readonly CreaseDistanceTable[] _tables;
    private readonly string _source;
    private readonly CommonWords _words;
    private readonly double _seconds;
    private readonly DistanceHistogram[] _own, _cumulative;

    public DistancesReport(string[] names, CreaseDistanceTable[] tables, string source, int bins, CommonWords words, double seconds)
    {
        (_names, _tables, _source, _words, _seconds) = (names, tables, source, words, seconds);
        (double low, double high) = DistanceHistogram.Range(tables);
        _own = [.. tables.Select(table => DistanceHistogram.Of(table, bins, low, high, false))];
        _cumulative = [.. tables.Select(table => DistanceHistogram.Of(table, bins, low, high, true))];
    }

    private string RowLabel => _names.All(name => Path.GetFileName(name).StartsWith(StepPrefix, StringComparison.Ordinal)) ? "step" : "network";

    private bool IsSeveral => _tables.Length > 1;

    private int Layers => _tables[0].Layers.Length;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("data", _source);
        json.WriteNumber("samples", _tables[0].Count);
        json.WriteNumber("bins", _own[0].Bins);
        JsonDocumentWriter.Numbers(json, "log10Range", [_own[0].Low, _own[0].High]);
        json.WriteStartArray("networks");
        for (int n = 0; n < _tables.Length; n++)
        {
            json.WriteStartObject();
            json.WriteString("network", _names[n]);
            int[] nearest = _tables[n].NearestLayers();
            json.WriteStartArray("layers");
            for (int l = 0; l < Layers; l++)
            {
                json.WriteStartObject();
                json.WriteString("name", _tables[n].Layers[l].Name);
                foreach ((string name, double share) in Quantiles)
                {
                    JsonDocumentWriter.Number(json, name, _tables[n].Quantile(l, share, false));
                    JsonDocumentWriter.Number(json, $"cumulative{char.ToUpperInvariant(name[0])}{name[1..]}", _tables[n].Quantile(l, share, true));
                }
                json.WriteNumber("nearestFor", nearest[l]);
                json.WriteNumber("onCrease", _tables[n].OnCrease(l));
                JsonDocumentWriter.Integers(json, "histogram", [.. Enumerable.Range(0, _own[n].Bins).Select(bin => _own[n].Samples(l, bin))]);
                JsonDocumentWriter.Integers(json, "cumulativeHistogram", [.. Enumerable.Range(0, _own[n].Bins).Select(bin => _cumulative[n].Samples(l, bin))]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", _words.Seed, _seconds, ["balestriero2019geometry"]);

    public void WriteTable(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"samples",-18} {_tables[0].Count:N0} of {_source}"));
        for (int n = 0; n < _tables.Length; n++)
        {
            if (IsSeveral)
                output.WriteLine($"{"network",-18} {_names[n]}");
            output.WriteLine($"{"layer",-24} {"median",12} {"5 %",12} {"95 %",12} {"up to it",12} {"nearest for",12} {"on one",8}");
            int[] nearest = _tables[n].NearestLayers();
            for (int l = 0; l < Layers; l++)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ShortText.Of(_tables[n].Layers[l].Name, 24),-24} {_tables[n].Quantile(l, 0.5, false),12:G5} {_tables[n].Quantile(l, 0.05, false),12:G5} {_tables[n].Quantile(l, 0.95, false),12:G5} {_tables[n].Quantile(l, 0.5, true),12:G5} {nearest[l],12:N0} {_tables[n].OnCrease(l),8:N0}"));
        }
        if (Layers == 0)
            output.WriteLine("the network has no piecewise layer: nothing folds");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"time",-18} {_seconds:F3} s"));
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("network,sample," + string.Join(',', Enumerable.Range(1, Layers).Select(l => $"layer{l}")));
        for (int n = 0; n < _tables.Length; n++)
        {
            for (int s = 0; s < _tables[n].Count; s++)
                writer.WriteLine($"{n},{s},{string.Join(',', Enumerable.Range(0, Layers).Select(l => _tables[n].Distance(s, l) is var distance && double.IsFinite(distance) ? distance.ToString("R", CultureInfo.InvariantCulture) : ""))}");
        }
    }

    public void WriteNpz(Stream stream)
    {
        double[] all = [.. _tables.SelectMany(table => table.Distances.ToArray())];
        Npz.Write(stream, ("distances", s => Npy.Write(s, all, _tables.Length, _tables[0].Count, Layers)));
    }

    public MatrixFigure Figure(string? title, int? width)
    {
        if (Layers == 0)
            throw new ModelException(_names[0], "has no piecewise layer, so there is no distance to draw");
        var panels = new List<MatrixPanel>();
        if (IsSeveral)
        {
            foreach (int l in Enumerable.Range(0, Layers).TakeLast(MostPanels))
                panels.Add(Panel($"layer {l + 1}: {_tables[0].Layers[l].Name}", RowLabel, [.. _names.Select(ShortName)], (n, bin) => _own[n].Samples(l, bin)));
            panels.Add(Panel("all layers: distance to the border of the region", RowLabel, [.. _names.Select(ShortName)], (n, bin) => _cumulative[n].Samples(Layers - 1, bin)));
        }
        else
        {
            string[] names = [.. Enumerable.Range(1, Layers).Select(l => $"{l}")];
            panels.Add(Panel("Distance to the nearest crease of each layer", "layer", names, (l, bin) => _own[0].Samples(l, bin)));
            panels.Add(Panel("Distance to the nearest crease of all layers up to it", "layer", names, (l, bin) => _cumulative[0].Samples(l, bin)));
        }
        MatrixFigureOptions options = MatrixFigureOptions.Default with
        {
            Title = title ?? (IsSeveral ? $"Distances to creases over {_tables.Length} networks" : $"Distances to creases, {ShortName(_names[0])}"),
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{_tables[0].Count:N0} samples of {_source}; bins of log10 distance in input units{OnCreases()}"),
        };
        return MatrixFigure.Of(panels, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    private MatrixPanel Panel(string title, string rowLabel, string[] rows, Func<int, int, int> count)
    {
        string[] columns = [.. Enumerable.Range(0, _own[0].Bins).Select(bin => _own[0].Middle(bin).ToString("F1", CultureInfo.InvariantCulture))];
        double[] values = [.. Enumerable.Range(0, rows.Length * columns.Length).Select(i => (double)count(i / columns.Length, i % columns.Length))];
        return new MatrixPanel(title, rowLabel, "log10 of the distance", rows, columns, values) { ValueLabel = "samples" };
    }

    private string OnCreases()
    {
        int most = _tables.Max(table => Enumerable.Range(0, Layers).Max(table.OnCrease));
        return most > 0 ? string.Create(CultureInfo.InvariantCulture, $"; up to {most:N0} on a crease, in no bin") : "";
    }

    // Checkpoints are called by their step.
    private static string ShortName(string path)
    {
        string name = path.Contains(':') ? path : Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(StepPrefix, StringComparison.Ordinal) && long.TryParse(name[StepPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step.ToString(CultureInfo.InvariantCulture) : name;
    }
}
