using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease distances</c>: how far samples are from the creases of each layer, of one network or of several in a row.</summary>
internal static class DistancesCommand
{
    private const int MostSamples = 100_000, MostModels = 100;
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".html", ".json", ".csv", ".npz"];

    public static Command Create(Shell shell)
    {
        var models = new Argument<string[]>("MODEL") { Description = "A network as elsewhere; several, for example checkpoints, in the order of training.", Arity = ArgumentArity.OneOrMore };
        var samples = new SampleWords(200, MostSamples);
        var bins = new Option<int>("--bins") { Description = "Bins of the histogram of log10 distances, 2 to 500.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("distances", "Distance of every sample to the nearest crease, per layer and cumulated over depth.") { models, bins, output };
        samples.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [], names = words.GetRequiredValue(models);
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            picture.Check(words);
            samples.Check(words);
            if (samples.Source(words) is not string source)
                throw new WordsException("'crease distances' needs --data DATA");
            if (words.GetValue(bins) is var count && count is < 2 or > 500)
                throw new WordsException($"--bins is {count}; expected 2 to 500");
            if (names.Length > MostModels)
                throw new WordsException($"MODEL is given {names.Length} times; expected 1 to {MostModels}");
            PiecewiseGraph[] graphs = [.. names.Select(name => Engines.Prepare(Model.Load(name), null, "distances", (given, _) => new PiecewiseGraph(given)))];
            if (Array.Find(graphs, graph => !graph.Layers.Select(layer => layer.Shape.Size).SequenceEqual(graphs[0].Layers.Select(layer => layer.Shape.Size))) is { } other)
                throw new ModelException(other.Network.Name, $"has other piecewise layers than {graphs[0].Network.Name}; expected networks of one architecture");
            RunContext run = shell.Run(common, whole: "samples", found: "samples");
            long start = Stopwatch.GetTimestamp();
            CreaseDistanceTable[] tables = [.. graphs.Select(graph => CreaseDistanceTable.Of(graph, samples.Read(words, graph.Network).Rows, run))];
            var report = new DistancesReport(names, tables, source, words.GetValue(bins), common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string file in files)
                ResultFile.Save(file, report.WriteJson, report.WriteCsv, report.WriteNpz, () => report.Figure(picture.Title(words), picture.Width(words)).Save(file));
            shell.Show(common, report.WriteJson, report.WriteTable, files);
            return 0;
        });
        return command;
    }
}
