using System.CommandLine;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease partition</c>: the exact linear regions of a network on a slice.</summary>
internal static class PartitionCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var boundary = new Option<bool>("--boundary") { Description = "Find the decision boundary." };
        var classes = new Option<string?>("--classes") { Description = "The pair of outputs whose tie is the boundary (default: the two largest).", HelpName = "i,j" };
        var layers = new Option<int?>("--layers") { Description = "Only the first N piecewise layers fold.", HelpName = "N" };
        var certified = new Option<bool>("--certified") { Description = "Prove every decision: signs come from proved bounds on rounding or from exact arithmetic." };
        var graph = new Option<string?>("--graph") { Description = $"Save which regions are neighbors, across which unit: {string.Join(", ", RegionGraphFile.Endings)}.", HelpName = "FILE" };
        var budget = new BudgetWords();
        var stream = new StreamWords();
        var figure = new FigureWords();
        var slice = new SliceWords();
        var command = new Command("partition", "The exact linear regions of a network on a two-dimensional slice, and the decision boundary.") { model, boundary, classes, layers, certified, graph };
        budget.AddTo(command);
        stream.AddTo(command);
        slice.AddTo(command);
        figure.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = figure.Files(words);
            (int, int)? pair = Pair(words.GetValue(classes));
            bool findsBoundary = words.GetValue(boundary) || pair is not null;
            string? table = stream.File(words, files, findsBoundary);
            string? neighbors = words.GetValue(graph);
            if (neighbors is not null)
                ResultFile.CheckFor("--graph", neighbors, RegionGraphFile.Endings);
            if (neighbors is not null && table is not null)
                throw new WordsException("--graph needs all regions at once, and --stream keeps none; give one or the other");
            CutOptions options = budget.Limit(words, new CutOptions { Boundary = findsBoundary, Classes = pair, Certified = words.GetValue(certified) }, table is not null);
            int? first = words.GetValue(layers) is int count ? AtLeastOne(count, "--layers") : null;
            Network network = Model.Load(words.GetRequiredValue(model));
            RunContext run = shell.Run(common, options);
            PlanarPartitioner partitioner = Prepare(network, first);
            if (pair is (int i, int j) && Math.Max(i, j) >= partitioner.Outputs)
                throw new WordsException($"--classes is {i},{j}; the network has outputs 0 to {partitioner.Outputs - 1}");
            (Slice where, double[][] anchors, string? note) = slice.Read(words, network, words.GetRequiredValue(model), run);
            shell.Remark(network.Notes.Concat(partitioner.Notes).Append(note ?? "").Where(remark => remark.Length > 0), common);
            return table is null
                ? Finish(shell, common, partitioner.Cut(where, run, options), options, files, neighbors, figure.Options(words, where, anchors))
                : Stream(shell, common, partitioner, where, run, options, table, files);
        });
        return command;
    }

    public static PlanarPartitioner Prepare(Network network, int? layers = null) =>
        Engines.Prepare(network, layers, "partition", (given, first) => new PlanarPartitioner(given, first));

    private static int Finish(Shell shell, CommonWords common, Partition partition, CutOptions options, string[] files, string? neighbors, PartitionFigureOptions figure)
    {
        var report = new PartitionReport(partition, common);
        foreach (string file in files)
            ResultFile.Save(file, partition, figure, report.WriteJson);
        if (neighbors is not null)
            RegionGraphFile.Save(neighbors, partition);
        shell.Show(common, report.WriteJson, report.WriteTable, neighbors is null ? files : [.. files, neighbors]);
        return BudgetWords.End(shell, partition.Status, partition.RegionCount, options, "narrow the slice, or say --layers");
    }

    private static int Stream(Shell shell, CommonWords common, PlanarPartitioner partitioner, Slice slice, RunContext run, CutOptions options, string table, string[] files)
    {
        var statistics = new StreamedStatistics();
        PartitionTotals totals = RegionTable.Save(table, partitioner, slice, run, options, statistics.Add);
        var report = new StreamReport(partitioner.Network, totals, statistics, table, common);
        foreach (string file in files)
            ResultFile.Save(file, report.WriteJson);
        if (common.Json)
            JsonDocumentWriter.Print(shell.Output, report.WriteJson);
        else
            report.WriteTable(shell.Output);
        return BudgetWords.End(shell, totals.Status, totals.Regions, options, "narrow the slice, or say --layers");
    }

    public static int AtLeastOne(int value, string option) => value >= 1 ? value : throw new WordsException($"{option} is {value}; expected at least 1");

    public static (int, int)? Pair(string? text)
    {
        if (text is null)
            return null;
        string[] parts = text.Split(',');
        return parts.Length == 2 && int.TryParse(parts[0], out int i) && int.TryParse(parts[1], out int j) && i >= 0 && j >= 0 && i != j
            ? (i, j)
            : throw new WordsException($"--classes is '{text}'; expected two different outputs i,j");
    }
}
