using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease explain</c>: the geometry of a network around one input, or the templates of many.</summary>
internal static class ExplainCommand
{
    private const int MostSamples = 100_000;

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var at = new Option<string?>("--at") { Description = "The input: a row of a data set, or its numbers.", HelpName = PointWords.Form };
        var samples = new SampleWords(200, MostSamples);
        var bound = new Option<bool>("--bound") { Description = "Report the Lipschitz bound over all inputs too; large networks take their time." };
        var centroids = new Option<string?>("--centroids") { Description = "Save the centroids of the input's region up to each layer as images: .svg, .png or .pdf. For the folder of a run a row per checkpoint, at most 6.", HelpName = "FILE" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {ExplainFile.Accepted}.", HelpName = "FILE" };
        var picture = new PictureWords();
        var command = new Command("explain", "The affine map, templates, code and distances at one input; or the templates of many.") { model, at, bound, centroids, output };
        samples.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            string? point = words.GetValue(at), source = samples.Source(words);
            if (point is null == source is null)
                throw new WordsException(point is null ? $"'crease explain' needs --at {PointWords.Form}, or --data DATA for many inputs" : "--at excludes --data; give one or the other");
            foreach (string place in files)
                ResultFile.Check(place, ExplainFile.Endings(isMany: source is not null));
            if (words.GetValue(centroids) is string images)
            {
                if (source is not null)
                    throw new WordsException("--centroids are those of one input; give it with --at");
                ResultFile.CheckFor("--centroids", images, [.. ResultFile.Pictures]);
            }
            picture.Check(words);
            samples.Check(words);
            string name = words.GetRequiredValue(model);
            Network network = Model.Load(name);
            PiecewiseGraph graph = Prepare(network);
            RunContext run = shell.Run(common, whole: "distances to creases", found: "derivatives");
            Lipschitz? everywhere = words.GetValue(bound) ? Lipschitz.Of(graph, run) : null;
            var figure = new TemplatePicture(picture.Title(words), picture.Width(words));
            return source is null
                ? One(shell, common, graph, point!, everywhere, files, words.GetValue(centroids) is string file ? (name, file) : null, figure, run)
                : Many(shell, common, graph, samples.Read(words, network), source, everywhere, files, figure, run);
        });
        return command;
    }

    private static int One(Shell shell, CommonWords common, PiecewiseGraph graph, string point, Lipschitz? bound, string[] files, (string Model, string File)? centroids, TemplatePicture figure, RunContext run)
    {
        (double[] input, DataSet? data) = PointWords.Find(point, "--at", graph.Network);
        if (SliceWords.TooLarge(input) is string fault)
            throw new WordsException($"--at {fault}");
        long start = Stopwatch.GetTimestamp();
        LocalGeometry geometry = LocalGeometry.Of(graph.Network, input, run);
        Explanation explanation = Explanation.Of(graph, input, geometry, bound, run);
        var report = new ExplainReport(graph.Network, explanation, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
        foreach (string file in files)
            ExplainFile.Save(file, explanation, data, figure, report);
        if (centroids is var (model, images))
        {
            if (geometry.Layers.IsEmpty)
                throw new ModelException(graph.Network.Name, "has no layer that folds, so that there are no centroids to draw");
            CentroidPicture.Of(model, geometry, input, data, figure, run).Save(images);
            files = [.. files, images];
        }
        shell.Show(common, report.WriteJson, report.WriteTable, files);
        return 0;
    }

    private static int Many(Shell shell, CommonWords common, PiecewiseGraph graph, (DataSet Data, double[][] Rows, int[]? Labels) samples, string source, Lipschitz? bound, string[] files, TemplatePicture figure, RunContext run)
    {
        long start = Stopwatch.GetTimestamp();
        var templates = new Measures.Templates(graph);
        TemplateCorrelation correlation = TemplateCorrelation.Of(templates, samples.Rows, run);
        RegionSharing sharing = RegionSharing.Of(CodeTable.Of(graph, samples.Rows, run));
        var report = new TemplatesReport(templates, samples.Rows, source, correlation, sharing, bound, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
        foreach (string file in files)
            ResultFile.Save(file, report.WriteJson, report.WriteCsv, stream => report.WriteNpz(stream, run), () => report.Figure(figure, samples.Data).Save(file));
        shell.Show(common, report.WriteJson, report.WriteTable, files);
        return 0;
    }

    private static PiecewiseGraph Prepare(Network network) => Engines.Prepare(network, null, "explain", (given, _) => new PiecewiseGraph(given));
}
