using System.CommandLine;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease partition</c>: the exact linear regions of a network on a slice.</summary>
internal static class PartitionCommand
{
    public static Command Create(Shell shell)
    {
        var model = new Argument<string>("MODEL") { Description = "A file .onnx or .onnx.gz, or example:NAME." };
        var boundary = new Option<bool>("--boundary") { Description = "Find the decision boundary." };
        var classes = new Option<string?>("--classes") { Description = "The pair of outputs whose tie is the boundary (default: the two largest).", HelpName = "i,j" };
        var layers = new Option<int?>("--layers") { Description = "Only the first N piecewise layers fold.", HelpName = "N" };
        var maxRegions = new Option<int>("--max-regions") { Description = "Stop after so many regions.", HelpName = "N", DefaultValueFactory = _ => CutOptions.Default.MaxRegions };
        var figure = new FigureWords();
        var slice = new SliceWords();
        var command = new Command("partition", "The exact linear regions of a network on a two-dimensional slice, and the decision boundary.") { model, boundary, classes, layers, maxRegions };
        slice.AddTo(command);
        figure.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = figure.Files(words);
            (int, int)? pair = Pair(words.GetValue(classes));
            var options = new CutOptions { Boundary = words.GetValue(boundary) || pair is not null, Classes = pair, MaxRegions = AtLeastOne(words.GetValue(maxRegions), "--max-regions") };
            int? first = words.GetValue(layers) is int count ? AtLeastOne(count, "--layers") : null;
            Network network = Model.Load(words.GetRequiredValue(model));
            RunContext run = shell.Run(common);
            PlanarPartitioner partitioner = Prepare(network, first);
            if (pair is (int i, int j) && Math.Max(i, j) >= partitioner.Outputs)
                throw new WordsException($"--classes is {i},{j}; the network has outputs 0 to {partitioner.Outputs - 1}");
            (Slice where, double[][] anchors, string? note) = slice.Read(words, network, words.GetRequiredValue(model), run);
            foreach (string remark in network.Notes.Concat(partitioner.Notes).Append(note ?? "").Where(remark => remark.Length > 0))
                shell.Note("note: " + remark, common);
            Partition partition = partitioner.Cut(where, run, options);
            return Finish(shell, common, partition, files, figure.Options(words, where, anchors));
        });
        return command;
    }

    public static PlanarPartitioner Prepare(Network network, int? layers = null)
    {
        try
        {
            return new PlanarPartitioner(network, layers);
        }
        catch (NotSupportedException fault)
        {
            throw new ModelException(network.Name, $"{fault.Message.Split(';')[0]}. 'crease complexity' accepts it; 'crease partition' does not.", fault);
        }
        catch (ArgumentException fault) when (layers is not null && network.Inputs.Length == 1)
        {
            throw new WordsException(Shell.Told(fault).Replace("'Layers'", "--layers", StringComparison.Ordinal));
        }
        catch (ArgumentException fault)
        {
            throw new ModelException(network.Name, fault.Message, fault);
        }
    }

    private static int Finish(Shell shell, CommonWords common, Partition partition, string[] files, PartitionFigureOptions figure)
    {
        var report = new PartitionReport(partition, common);
        foreach (string file in files)
            ResultFile.Save(file, partition, figure, report.WriteJson);
        if (common.Json)
            JsonDocumentWriter.Print(shell.Output, report.WriteJson);
        else
            report.WriteTable(shell.Output);
        if (!common.Json && files.Length > 0)
            shell.Output.WriteLine($"{"saved",-18} {string.Join(", ", files)}");
        switch (partition.Status)
        {
            case Status.BudgetExhausted:
                shell.Errors.WriteLine($"crease: stopped after {partition.RegionCount} regions (budget); raise --max-regions, narrow the slice, or say --layers");
                return 1;
            case Status.Interrupted:
                shell.Errors.WriteLine($"crease: interrupted after {partition.RegionCount} regions; what was found is kept");
                return 130;
            default:
                return 0;
        }
    }

    public static int AtLeastOne(int value, string option) => value >= 1 ? value : throw new WordsException($"{option} is {value}; expected at least 1");

    public static (int, int)? Pair(string? text)
    {
        if (text is null)
            return null;
        string[] parts = text.Split(',');
        return parts.Length == 2 && int.TryParse(parts[0], out int i) && int.TryParse(parts[1], out int j) && i >= 0 && j >= 0 && i != j
            ? (i, j)
            : throw new WordsException($"--classes is '{text}'; expected two different outputs i,j");
    }
}
