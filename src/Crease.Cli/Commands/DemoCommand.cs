using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease demo</c>: a picture of a bundled network, with no files needed.</summary>
internal static class DemoCommand
{
    private const string Example = "example:moons";

    public static Command Create(Shell shell)
    {
        var output = new Option<string[]>("-o", "--output") { Description = "Files to save (default: crease-demo.svg and crease-demo.html).", HelpName = "FILE" };
        var command = new Command("demo", "Draw the partition of a bundled network and say what one sees.") { output };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) is { Length: > 0 } given ? given : ["crease-demo.svg", "crease-demo.html"];
            foreach (string file in files)
                ResultFile.Check(file);
            Network network = Model.Load(Example);
            DataSet data = DataSource.Load(Example);
            (Slice slice, _, _) = new SliceWords().Read(words, network, Example, shell.Run(common));
            Partition partition = new PlanarPartitioner(network).Cut(slice, shell.Run(common), new CutOptions { Boundary = true });
            var report = new PartitionReport(partition, common);
            foreach (string file in files)
                ResultFile.Save(file, partition, Figure(data), report.WriteJson);
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, report.WriteJson);
            else
                Tell(shell.Output, partition, files);
            return 0;
        });
        return command;
    }

    private static PartitionFigureOptions Figure(DataSet data) => new()
    {
        Title = "How a small network folds the plane (two moons)",
        Points = [.. data.Inputs.Select((point, row) => new FigurePoint(point[0], point[1], null, data.Labels?[row]))],
    };

    private static void Tell(TextWriter output, Partition partition, string[] files)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"""
            A network with {partition.Layers.Sum(layer => layer.Shape.Size)} ReLU units was trained to tell two moons apart; it folds the plane along {partition.EdgeCount:N0} crease segments.
            The creases cut the domain into {partition.RegionCount} regions, and on each region the network is one affine map; the color is the norm of its slope.
            Layer 1 folds along straight lines ({partition.RegionsPerLayer[0]} regions); the creases of deeper layers bend wherever they cross earlier ones.
            The thick line is the decision boundary: {partition.Boundary!.SegmentCount} straight pieces, {partition.Boundary.Length:F2} long, one for each region it runs through.
            Nothing was sampled: V - E + F = {partition.EulerCharacteristic}, and the areas add up to {partition.TotalArea:G6} of {partition.DomainArea:G6}. Found in {partition.Cost.Seconds * 1000:F1} ms.
            """);
        output.WriteLine(text);
        output.WriteLine($"saved {string.Join(", ", files)}");
    }
}
