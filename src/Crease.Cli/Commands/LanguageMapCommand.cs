using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease language map</c>: texts as points by their spline features, colored by a label.</summary>
internal static class LanguageMapCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".html", ".json", ".csv"];

    public static Command Create(Shell shell)
    {
        var features = new Argument<string>("FEATURES") { Description = "A .parquet file of crease language features." };
        var color = new Option<string>("--color") { Description = "Column of the labels; it takes no part in placing the points.", HelpName = "COLUMN", Required = true };
        var method = new Option<string>("--method") { Description = "Principal components, or a map of neighbors.", HelpName = "pca|tsne", DefaultValueFactory = _ => "pca" };
        var perplexity = new Option<double?>("--perplexity") { Description = "About how many neighbors a text has in a tsne map (default: 30).", HelpName = "X" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("map", "Texts as points of a plane by their spline features, colored by a label.") { features, color, method, perplexity, output };
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string path in files)
                ResultFile.Check(path, Endings);
            picture.Check(words);
            string how = words.GetValue(method)!, field = words.GetRequiredValue(color), file = words.GetRequiredValue(features);
            if (how is not ("pca" or "tsne"))
                throw new WordsException($"--method is '{how}'; expected pca or tsne");
            if (how == "pca" && words.GetValue(perplexity) is not null)
                throw new WordsException("--perplexity is of --method tsne; leave it out or say --method tsne");
            if (words.GetValue(perplexity) is double asked && !(asked >= 2))
                throw new WordsException(FormattableString.Invariant($"--perplexity is {asked}; expected 2 or more"));
            FeatureTable table = FeatureFile.Read(file);
            RunContext run = shell.Run(common, whole: "steps", found: "steps");
            long start = Stopwatch.GetTimestamp();
            FeatureMap map = FeatureMap.Of(table, field, how == "pca" ? null : new NeighborMapOptions { Perplexity = words.GetValue(perplexity) }, run);
            (double, double, double) agreement = map.Agreement(run with { Progress = null });
            var report = new MapReport(Path.GetFileName(file), field, map, agreement, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            foreach (string path in files)
                ResultFile.Save(path, report.WriteJson, report.WriteCsv, _ => { }, () => report.Figure(picture.Title(words), picture.Width(words)).Save(path));
            shell.Show(common, report.WriteJson, report.WriteTable, files);
            return 0;
        });
        return command;
    }
}
