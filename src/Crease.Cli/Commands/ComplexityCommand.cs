using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease complexity</c>: local complexity around data, around random points, and on a slice.</summary>
internal static class ComplexityCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var words = new ComplexityWords();
        var slice = new SliceWords();
        var command = new Command("complexity", "How many units change sign near inputs: local complexity, per layer and in total. Accepts smooth networks.") { model };
        words.AddTo(command);
        slice.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            ComplexityCall asked = words.Read(call);
            Network network = Model.Load(call.GetRequiredValue(model));
            RunContext run = shell.Run(common);
            shell.Remark(network.Notes, common);
            int inputs = network.InputShape.Size, directions = asked.Directions ?? Math.Min(LocalComplexityOptions.Default.Directions, inputs);
            if (directions > inputs)
                throw new WordsException($"--directions is {directions}; the network takes {inputs} inputs, so 1 to {inputs} orthonormal directions exist");
            LocalComplexityEstimator estimator = Engines.Prepare(network, null, null, (given, _) => new LocalComplexityEstimator(given, asked.Options with { Directions = directions, Seed = run.Seed }));
            ComplexityResults results = Measure(estimator, asked, run);
            if (asked.Resolution is int resolution)
            {
                (Slice where, double[][] anchors, string? note) = slice.Read(call, network, call.GetRequiredValue(model), run);
                shell.Note(note is null ? "" : "note: " + note, common);
                results = results with { Map = ComplexityMap.Of(estimator, where, resolution, run), Anchors = anchors };
            }
            var report = new ComplexityReport(estimator, results, common);
            foreach (string file in asked.Files)
                ComplexityFile.Save(file, results, words.Figure(call, results), report.WriteJson);
            shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
            return 0;
        });
        return command;
    }

    private static ComplexityResults Measure(LocalComplexityEstimator estimator, ComplexityCall asked, RunContext run)
    {
        double[][] rows = asked.Data is null ? [] : SliceWords.FitAll(DataSource.Load(asked.Data), asked.Samples, estimator.Network);
        var results = new ComplexityResults { PerSample = asked.PerSample };
        if (rows.Length > 0)
        {
            results = results with { Data = estimator.Measure(rows, run), DataName = asked.Data! };
            if (asked.Seeds is int seeds)
                results = results with { Seeds = DirectionSeeds.Of(estimator.Network, rows, estimator.Options, seeds, run) };
        }
        if (asked.WantsRandom)
        {
            (double low, double high) = asked.Range ?? (rows.Length > 0 ? (rows.Min(row => row.Min()), rows.Max(row => row.Max())) : (0, 1));
            double[][] points = UniformPoints.Of(rows.Length > 0 ? rows.Length : asked.Samples, estimator.Network.InputShape.Size, low, high, run.Seed);
            results = results with { Random = estimator.Measure(points, run), Low = low, High = high };
            rows = rows.Length > 0 ? rows : points;
        }
        return asked.Deformation && rows.Length > 0 ? results with { Deformation = HullDeformation.Of(estimator, rows, run) } : results;
    }
}
