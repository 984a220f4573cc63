using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease loss</c>: the squared loss as a function of one dense layer's weights.</summary>
internal static class LossCommand
{
    private const int MostSamples = 100_000;
    private const string Accepted = ".json, .csv, .svg, .png and .pdf";

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var data = new Option<string>("--data") { Description = "Data set with labels or targets.", HelpName = "DATA", Required = true };
        var layer = new Option<int>("--layer") { Description = "Dense layer whose weights move, counted from 1.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var with = new Option<string?>("--with") { Description = "Other dense layers that move along the line together with it, up to two.", HelpName = "N,N" };
        var samples = new Option<int>("--samples") { Description = "At most so many rows, the first ones.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var range = new Option<string>("--range") { Description = "Ends of the line through the weights, in units of their norm.", HelpName = "lo,hi", DefaultValueFactory = _ => "-1,1" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("loss", "The squared loss by one dense layer's weights, or a few layers' together: Hessian spectrum, conditioning, and the exact profile along a random line.") { model, data, layer, with, samples, range, output };
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            string[] files = call.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, ".json", ".csv", ".svg", ".png", ".pdf");
            picture.Check(call);
            int count = NumberWord.Between(call.GetValue(samples), 1, MostSamples, "--samples");
            (double low, double high) = SliceWords.Ends(call.GetValue(range)!, "--range");
            RunContext run = shell.Run(common);
            Network network = Model.Load(call.GetRequiredValue(model));
            Node[] layers = [.. network.Nodes.Where(node => node.Layer is Dense { OutputShape.Rank: 1 })];
            int chosen = call.GetValue(layer);
            if (layers.Length == 0)
                throw new ModelException(network.Name, "has no dense layer on vectors, whose weights could move");
            if (chosen < 1 || chosen > layers.Length)
                throw new WordsException($"--layer is {chosen}; the network has dense layers 1 to {layers.Length}");
            Node[] others = Others(call.GetValue(with), chosen, layers);
            DataSet rows = DataSource.Load(call.GetRequiredValue(data)).Take(count);
            SliceWords.FitAll(rows, count, network);
            Node node = layers[chosen - 1];
            long start = Stopwatch.GetTimestamp();
            LossGeometry geometry = Engines.Prepare(network, null, null, (given, _) => LossGeometry.Of(given, node.Index, rows.Inputs, run));
            Node[] moving = [node, .. others];
            double[][] directions = [.. moving.Select((each, i) => Direction((Dense)each.Layer, run.Seed + (ulong)i))], targets = Targets(rows, geometry.Outputs);
            LossCurve curve = others.Length == 0
                ? LossCurve.Of(LossProfile.Of(network, node.Index, directions[0], low, high, rows.Inputs, targets, run))
                : Engines.Prepare(network, null, null, (given, _) => LossCurve.Of(LossPath.Of(given, Enumerable.Range(0, moving.Length).ToDictionary(i => moving[i].Index, i => directions[i]), low, high, rows.Inputs, targets, run)));
            if (!double.IsFinite(geometry.Curvature(directions[0])) || !double.IsFinite(curve.At(low)) || !double.IsFinite(curve.At(high)))
                throw new ModelException(rows.Name, $"the loss of {network.Name} overflows on these rows: weights or inputs are too large; scale the inputs, or take an earlier checkpoint");
            var report = new LossReport(network, node, others, geometry, curve, directions[0], common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string file in files)
                ResultFile.Save(file, report.WriteJson, report.WriteCsv, _ => { }, () => Figure(report, picture.Title(call), picture.Width(call)).Save(file));
            shell.Show(common, report.WriteJson, report.WriteTable, files);
            return 0;
        });
        return command;
    }

    private static Node[] Others(string? text, int chosen, Node[] layers)
    {
        if (text is null)
            return [];
        int[] numbers = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers.Length <= 2 && numbers.All(number => number >= 1 && number <= layers.Length && number != chosen) && numbers.Distinct().Count() == numbers.Length
            ? [.. numbers.Select(number => layers[number - 1])]
            : throw new WordsException($"--with is '{text}'; expected one or two dense layers from 1 to {layers.Length} other than {chosen}");
    }

    // A random direction as long as the weights, so that 1 is a change by their own size.
    private static double[] Direction(Dense layer, ulong seed)
    {
        var random = new RandomSource(seed);
        double[] direction = [.. Enumerable.Range(0, layer.Weights.Count).Select(_ => random.Normal())];
        double length = Math.Sqrt(direction.Sum(x => x * x)), wanted = Math.Sqrt(layer.Weights.Values.ToArray().Sum(x => x * x));
        return Array.ConvertAll(direction, x => x * (wanted > 0 ? wanted : 1) / length);
    }

    private static double[][] Targets(DataSet rows, int outputs)
    {
        if (rows.Targets is double[][] targets && targets[0].Length == outputs)
            return targets;
        if (rows.Labels is not int[] labels || labels.Min() < 0 || labels.Max() >= Math.Max(2, outputs))
            throw new ModelException(rows.Name, $"has no targets for {outputs} outputs; expected labels from 0 to {Math.Max(2, outputs) - 1}, or as many targets per row");
        return [.. labels.Select(label => Enumerable.Range(0, outputs).Select(o => outputs == 1 ? label : label == o ? 1.0 : 0).ToArray())];
    }

    private static CurvesFigure Figure(LossReport report, string? title, int? width)
    {
        CurvesFigureOptions options = new()
        {
            Title = title ?? report.Title,
            Subtitle = report.Subtitle,
            XLabel = "t (the weights are W + t D, ‖D‖ = ‖W‖)",
        };
        (double[] at, double[] losses, double[] curvatures) = report.Curve();
        CurvePanel[] panels = [new("squared loss", [new Curve("", at, losses)]), new("second derivative", [new Curve("", at, curvatures)])];
        return CurvesFigure.Of(panels, width is int given ? options with { Width = given, PngWidth = given } : options);
    }
}
