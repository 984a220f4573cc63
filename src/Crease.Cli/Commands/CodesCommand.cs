using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease codes</c>: which samples share a region, and which are near in the partition distance.</summary>
internal static class CodesCommand
{
    private const int UsualNeighbors = 5;

    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".html", ".json", ".csv", ".npz"];

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var samples = new SampleWords(500, 100_000);
        var neighbors = new Option<int?>("--neighbors") { Description = $"Nearest neighbors of each sample that are found, at least 1 (default: {UsualNeighbors}, of few samples all others).", HelpName = "K" };
        var clusters = new Option<int?>("--clusters") { Description = $"Group the samples without labels, around so many of them; takes at most {DistanceMatrix.MostSamples} samples.", HelpName = "C" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. Pictures are a map of at most {DistanceMatrix.MostSamples} samples. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("codes", "Which samples share a region, partition distances, neighbors and clusters of codes.") { model, neighbors, clusters, output };
        samples.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            picture.Check(words);
            samples.Check(words);
            if (samples.Source(words) is not string source)
                throw new WordsException("'crease codes' needs --data DATA");
            Network network = Model.Load(words.GetRequiredValue(model));
            PiecewiseGraph graph = Engines.Prepare(network, null, "codes", (given, _) => new PiecewiseGraph(given));
            RunContext run = shell.Run(common) with { Progress = null };
            (DataSet data, double[][] rows, int[]? labels) = samples.Read(words, network);
            if (rows.Length < 2)
                throw new WordsException($"{source} gives {rows.Length} sample; 'crease codes' compares at least 2");
            int nearest = words.GetValue(neighbors) ?? Math.Min(UsualNeighbors, rows.Length - 1);
            if (nearest < 1 || nearest >= rows.Length)
                throw new WordsException($"--neighbors is {nearest}; expected 1 to {rows.Length - 1}, one less than there are samples");
            if (words.GetValue(clusters) is int groups && (groups < 1 || groups > rows.Length))
                throw new WordsException($"--clusters is {groups}; expected 1 to {rows.Length}, the number of samples");
            bool needsPairs = words.GetValue(clusters) is not null || files.Any(file => Path.GetExtension(file).ToLowerInvariant() is not (".json" or ".csv"));
            if (needsPairs && rows.Length > DistanceMatrix.MostSamples)
                throw new WordsException($"there are {rows.Length} samples; clusters and maps take at most {DistanceMatrix.MostSamples}. Lower --samples");
            long start = Stopwatch.GetTimestamp();
            CodesResults results = CodesResults.Of(graph, rows, labels, nearest, words.GetValue(clusters), needsPairs, run);
            var report = new CodesReport(network, source, data, results, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string file in files)
                ResultFile.Save(file, report.WriteJson, report.WriteCsv, report.WriteNpz, () => report.Figure(picture.Title(words), picture.Width(words)).Save(file));
            shell.Show(common, report.WriteJson, report.WriteTable, files);
            return 0;
        });
        return command;
    }
}
