using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli.Commands;

/// <summary><c>crease language features</c> of a network of numbers: a row of data is a token.</summary>
internal static class NetworkFeatures
{
    public static int Run(Shell shell, CommonWords common, FeatureCall call, string path, string source)
    {
        Network network = Model.Load(path);
        DataSet data = DataSource.Load(source);
        if (call.IsGrouped && data.Labels is null)
            throw new WordsException($"--group needs classes; {data.Name} has none");
        var gates = new GateFeatures(network);
        int count = (int)Math.Min(data.Count, call.Options.Limit ?? data.Count);
        long start = Stopwatch.GetTimestamp();
        TokenPlaces places = gates.Of((double[])[.. Enumerable.Range(0, count).SelectMany(row => SliceWords.Fit(data, row, network))], shell.Run(common, whole: "rows", found: "rows"));
        int[] labels = data.Labels?[..count] ?? [];
        string[] fields = call.IsGrouped ? ["class"] : [];
        FeatureRow[] rows = [.. call.IsGrouped
            ? GateRows.Grouped(places, labels, [.. Enumerable.Range(0, labels.Max() + 1).Select(label => label.ToString(CultureInfo.InvariantCulture))])
            : GateRows.OneByOne(places)];
        var summary = new FeatureSummary(gates.Layers.Length);
        summary.AddAll(rows);
        var about = new Dictionary<string, string> { ["model"] = network.Name, ["layers"] = string.Create(CultureInfo.InvariantCulture, $"{gates.Layers.Length}"), ["precision"] = "float64", ["prompts"] = data.Name };
        var report = new FeatureReport($"{network.Name}, {gates.Layers.Length} gates, computed in float64", null, summary, null, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
        var table = new FeatureTableFile(gates.Layers.Length, fields, about, report);
        foreach (string file in call.Files)
            table.Save(file, rows);
        shell.Show(common, report.WriteJson, report.WriteTable, call.Files);
        return 0;
    }
}
