using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease layers</c>: a slice layer by layer, with the folded crease of one unit marked.</summary>
internal static class LayersCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".json"];

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var slice = new SliceWords();
        var marked = new Option<string?>("--unit") { Description = "The unit whose crease is marked: number of the piecewise layer from 1, and unit from 0 (default: of the last layer that folds the one that bends most often).", HelpName = "L:U" };
        var boundary = new Option<bool>("--boundary") { Description = "Draw the decision boundary in the last panel." };
        var maxRegions = new Option<int>("--max-regions") { Description = "Stop after so many regions.", HelpName = "N", DefaultValueFactory = _ => 1_000_000 };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("layers", "A slice layer by layer: the creases that each layer adds, and one unit's folded crease.") { model, marked, boundary, maxRegions, output };
        slice.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            picture.Check(words);
            (int Layer, int Unit)? unit = Unit(words.GetValue(marked));
            var options = new CutOptions { Boundary = words.GetValue(boundary), MaxRegions = PartitionCommand.AtLeastOne(words.GetValue(maxRegions), "--max-regions") };
            Network network = Model.Load(words.GetRequiredValue(model));
            PlanarPartitioner partitioner = Engines.Prepare(network, null, "layers", (given, _) => new PlanarPartitioner(given));
            CheckUnit(new PiecewiseGraph(network), unit);
            RunContext run = shell.Run(common, options);
            (Slice where, _, string? note) = slice.Read(words, network, words.GetRequiredValue(model), run);
            shell.Note(note is null ? "" : "note: " + note, common);
            Partition partition = partitioner.Cut(where, run, options);
            run.Cancellation.ThrowIfCancellationRequested();
            FoldedCrease? crease = Marked(partition, unit);
            foreach (string file in files)
                ResultFile.Save(file, stream => Write(stream, partition, crease, common), _ => { }, _ => { }, () => Figure(partition, crease, picture.Title(words), picture.Width(words)).Save(file));
            shell.Show(common, stream => Write(stream, partition, crease, common), table => Table(table, partition, crease), files);
            return partition.Status == Status.Complete ? 0 : 1;
        });
        return command;
    }

    private static (int, int)? Unit(string? text)
    {
        if (text is null)
            return null;
        string[] parts = text.Split(':');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int layer) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int unit) && layer >= 1
            ? (layer - 1, unit)
            : throw new WordsException($"--unit is '{text}'; expected L:U with a layer from 1 and a unit from 0");
    }

    private static void CheckUnit(PiecewiseGraph graph, (int Layer, int Unit)? unit)
    {
        if (graph.Layers.Length == 0)
            throw new ModelException(graph.Network.Name, "has no piecewise layer, so nothing folds");
        if (unit is var (layer, number) && (layer >= graph.Layers.Length || number >= graph.Layers[layer].Shape.Size))
            throw new WordsException($"--unit is {layer + 1}:{number}; the network has layers 1 to {graph.Layers.Length}{(layer < graph.Layers.Length ? $", this one units 0 to {graph.Layers[layer].Shape.Size - 1}" : "")}");
    }

    private static FoldedCrease? Marked(Partition partition, (int Layer, int Unit)? unit) => unit is var (layer, number)
        ? FoldedCrease.Of(partition, layer, number)
        : Enumerable.Range(0, partition.Layers.Length).Reverse().Select(l => FoldedCrease.MostFolded(partition, l)).FirstOrDefault(crease => crease is not null);

    private static LayersFigure Figure(Partition partition, FoldedCrease? crease, string? title, int? width)
    {
        LayersFigureOptions options = LayersFigureOptions.Default with { Title = title, Marked = crease is null ? null : (crease.Layer, crease.Unit) };
        return LayersFigure.Of(partition, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    private static void Table(TextWriter output, Partition partition, FoldedCrease? crease)
    {
        for (int l = 0; l < partition.Layers.Length; l++)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"layer {l + 1}",-18} {partition.RegionsPerLayer[l]:N0} regions, {partition.Layers[l].Shape.Size:N0} units ({partition.Layers[l].Name})"));
        if (crease is not null)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"marked",-18} layer {crease.Layer + 1}, unit {crease.Unit}: crease of length {crease.Length:G5} in {crease.Edges:N0} edges, {crease.Bends:N0} bends, the sharpest by {crease.SharpestBend:G4} rad"));
        if (partition.Status != Status.Complete)
            output.WriteLine($"{"status",-18} incomplete after {partition.RegionCount} regions; raise --max-regions or look at a smaller slice");
    }

    private static void Write(Stream stream, Partition partition, FoldedCrease? crease, CommonWords words) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", partition.Network.Name);
        JsonDocumentWriter.Integers(json, "regionsPerLayer", partition.RegionsPerLayer.AsSpan());
        if (crease is null)
            json.WriteNull("marked");
        else
        {
            json.WriteStartObject("marked");
            json.WriteNumber("layer", crease.Layer);
            json.WriteNumber("unit", crease.Unit);
            json.WriteNumber("edges", crease.Edges);
            JsonDocumentWriter.Number(json, "length", crease.Length);
            json.WriteNumber("bends", crease.Bends);
            JsonDocumentWriter.Number(json, "sharpestBendRadians", crease.SharpestBend);
            json.WriteEndObject();
        }
    }, partition.Status == Status.Complete ? "complete" : "budgetExhausted", "exact", words.Seed, partition.Cost.Seconds, ["balestriero2019geometry", "humayun2023splinecam"]);
}
