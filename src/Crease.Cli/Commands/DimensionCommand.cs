using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease dimension</c>: the intrinsic dimension of data, of each class, against the scale, and of a network's layers.</summary>
internal static class DimensionCommand
{
    public static Command Create(Shell shell)
    {
        var words = new DimensionWords();
        var command = new Command("dimension", "Intrinsic dimension of data or of a network's activations, by many estimators. Not the attention dimension of 'crease language dimension'.");
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            DimensionCall asked = words.Read(call);
            DataSet data = Drawn(DataSource.Load(asked.Data), asked.Samples, (ulong)common.Seed);
            RunContext run = shell.Run(common, whole: "pairs", found: "layers");
            long start = Stopwatch.GetTimestamp();
            DimensionResults results = asked.Model is null ? OfData(data, asked, run) : OfLayers(shell, common, data, asked, run);
            results = results with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
            var report = new IntrinsicDimensionReport(results, common);
            foreach (string file in asked.Files)
                DimensionFile.Save(file, results, words.Figure(call), report.WriteJson);
            shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
            return results.HasValue ? 0 : 1;
        });
        return command;
    }

    private static DimensionResults OfData(DataSet data, DimensionCall asked, RunContext run)
    {
        PointCloud cloud = asked.Metric is Metric metric ? PointCloud.Of(data.Inputs, metric, asked.Duplicates) : PointCloud.OfDistances(data.Inputs, asked.Duplicates);
        // One search for the estimators and all ranks.
        if (asked.MostRank is int most && cloud.Count > 3)
            cloud.Neighbors(Math.Clamp(asked.Estimators.Max(each => each.Neighbors), Math.Min(most, cloud.Count - 1), cloud.Count - 1), run);
        return new DimensionResults
        {
            Call = asked,
            Name = data.Name,
            Cloud = cloud,
            Estimates = DimensionComparison.Of(cloud, asked.Estimators, run),
            Classes = asked.PerClass ? OfClasses(data, asked, run) : [],
            Ranks = asked.MostRank is int rank ? DimensionScales.OfRanks(cloud, rank, run) : [],
            Blocks = asked.MostBlocks is int parts ? DimensionScales.OfBlocks(cloud, parts, run) : [],
        };
    }

    private static ImmutableArray<(string, PointCloud, ImmutableArray<DimensionEstimate>)> OfClasses(DataSet data, DimensionCall asked, RunContext run)
    {
        int[] labels = data.Labels ?? throw new ModelException(data.Name, "has no labels; --per-class needs them");
        return [.. labels.Distinct().Order().Select(label =>
        {
            PointCloud cloud = PointCloud.Of([.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label).Select(row => data.Row(row))], asked.Metric!.Value, asked.Duplicates);
            return (data.ClassName(label), cloud, DimensionComparison.Of(cloud, asked.Estimators, run with { Progress = null }));
        })];
    }

    private static DimensionResults OfLayers(Shell shell, CommonWords common, DataSet data, DimensionCall asked, RunContext run)
    {
        Network network = Model.Load(asked.Model!);
        shell.Remark(network.Notes, common);
        for (int i = 0; i < data.Count; i++)
            SliceWords.Fit(data, i, network);
        ImmutableArray<LayerDimension> layers = Engines.Prepare(network, null, null, (given, _) => LayerDimensions.Of(given, data.Inputs, asked.Estimators, run));
        return new DimensionResults { Call = asked, Name = data.Name, Layers = layers };
    }

    private static DataSet Drawn(DataSet data, int? samples, ulong seed) => samples is int count && count < data.Count ? data.Sample(count, seed) : data;
}
