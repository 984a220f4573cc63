using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease concentration</c>: whether creases are denser on the way to adversarial inputs, and at them, than elsewhere.</summary>
internal static class ConcentrationCommand
{
    private const int UsualSamples = 100, MostOthers = 10_000;

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var words = new ConcentrationWords();
        var command = new Command("concentration", "Crossings per length on the way to adversarial inputs against other ways, and what is dense around both ends.") { model };
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            ConcentrationCall asked = words.Read(call, common.Seed);
            Network network = Model.Load(call.GetRequiredValue(model));
            SegmentPartitioner partitioner = Engines.Prepare(network, null, "concentration", (given, _) => new SegmentPartitioner(given));
            shell.Remark(network.Notes.Concat(partitioner.Notes), common);
            if (asked.Settings.Directions is int directions && (directions < 1 || directions > network.InputShape.Size))
                throw new WordsException($"--directions is {directions}; the network takes {network.InputShape.Size} inputs, so 1 to {network.InputShape.Size} orthonormal directions exist");
            DataSet data = DataSource.Load(asked.Data);
            if (data.Labels is not { } labels)
                throw new ModelException(data.Name, "has no labels; a twin is adversarial to the true class of its row");
            RunContext run = shell.Run(common, whole: "measures", found: "rows");
            long start = Stopwatch.GetTimestamp();
            (double[][] inputs, double[][] points, string source, InputBox? box) = Points(asked, data, network, run);
            AdversarialTwins twins = AdversarialTwins.Of(new NetworkClassifier(network), inputs, points, labels[..inputs.Length], run);
            if (twins.Count == 0)
                throw new ModelException(network.Name, $"none of {twins.Tried} inputs has an adversarial twin ({twins.Wrong} are wrong without an attack, {twins.Resisted} resist); raise --epsilon, or take another --attack");
            if (asked.Settings.Segments.Twin == RandomTwin.Reflected && box is null)
                throw new WordsException("--random reflected stays in the box of the attack, and there is none; leave out --box none, or say --random sphere");
            ConcentrationSettings settings = asked.Settings with { Segments = asked.Settings.Segments with { Box = box is InputBox limits ? (limits.Low, limits.High) : null } };
            double[][] others = SliceWords.FitAll(data, MostOthers, network);
            ConcentrationPicture? picture = asked.Picture is int row ? new ConcentrationPicture(twins, others, data, asked, row) : null;
            ConcentrationResults results = ConcentrationResults.Of(network, twins, (others, labels[..others.Length]), settings, run);
            var report = new ConcentrationReport(results, source, data, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            var figures = new ConcentrationFigures(results, source, words.Title(call), words.Width(call));
            foreach (string file in asked.Files)
                ResultFile.Save(file, report.WriteJson, report.WriteCsv, _ => { }, () => figures.Densities().Save(file));
            foreach (string file in asked.PointFiles)
                figures.Points().Save(file);
            int status = picture?.Save(results, shell, run, words.Title(call), words.Width(call)) ?? 0;
            shell.Show(common, report.WriteJson, report.WriteTable, [.. asked.Files, .. asked.PointFiles, .. asked.PictureFiles]);
            return status;
        });
        return command;
    }

    private static (double[][] Inputs, double[][] Points, string Source, InputBox? Box) Points(ConcentrationCall asked, DataSet data, Network network, RunContext run)
    {
        if (asked.Adversarial is string file)
        {
            (double[][] points, double? epsilon) = AdversarialFile.Read(file, data, network.InputShape.Size, asked.Epsilon);
            int rows = Math.Min(asked.Samples ?? points.Length, points.Length);
            InputBox? range = data.Range is { } found && found.Low < found.High ? new InputBox(found.Low, found.High) : null;
            return (SliceWords.FitAll(data, rows, network), points[..rows], $"{Path.GetFileName(file)}{(epsilon is double radius ? FormattableString.Invariant($", epsilon {radius:G6}") : "")}", range);
        }
        AttackOptions options = asked.Method!.For(data);
        double[][] inputs = SliceWords.FitAll(data, asked.Samples ?? UsualSamples, network);
        AttackResults attacked = Attacks.Run(new NetworkClassifier(network), inputs, data.Labels![..inputs.Length], options, run with { Progress = null });
        return (inputs, [.. Enumerable.Range(0, inputs.Length).Select(row => attacked.Point(row).ToArray())], FormattableString.Invariant($"{options.Attack.Name} in {options.Distance.Symbol}, epsilon {options.Epsilon:G6}"), options.Box);
    }
}
