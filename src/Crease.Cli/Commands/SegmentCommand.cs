using System.CommandLine;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease segment</c>: every crossing along a segment of input space.</summary>
internal static class SegmentCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".json", ".csv", ".npz"];

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var from = new Option<string?>("--from") { Description = "Where the segment starts: a row of a data set, or the numbers of an input.", HelpName = PointWords.Form };
        var to = new Option<string?>("--to") { Description = "Where it ends.", HelpName = PointWords.Form };
        var file = new Option<string?>("--slice") { Description = "Instead of --from and --to: slice file with origin [D], directions [1, D], domain [2, 1].", HelpName = "FILE.npz" };
        var classes = new Option<string?>("--classes") { Description = "The pair of outputs whose ties are reported (default: the two largest).", HelpName = "i,j" };
        var layers = new Option<int?>("--layers") { Description = "Only the first N piecewise layers fold.", HelpName = "N" };
        var maxRegions = new Option<int>("--max-regions") { Description = "Stop after so many regions.", HelpName = "N", DefaultValueFactory = _ => CutOptions.Default.MaxRegions };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("segment", "Every crossing along a segment of input space: breakpoints, affine maps, class changes.") { model, from, to, file, classes, layers, maxRegions, output };
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string path in files)
                ResultFile.Check(path, Endings);
            picture.Check(words);
            (string? start, string? end, string? slice) = (words.GetValue(from), words.GetValue(to), words.GetValue(file));
            if (slice is null ? start is null || end is null : start is not null || end is not null)
                throw new WordsException(slice is null ? $"'crease segment' needs --from and --to {PointWords.Form}, or --slice FILE.npz" : "--slice excludes --from and --to; give one or the other");
            (int, int)? pair = PartitionCommand.Pair(words.GetValue(classes));
            var options = new CutOptions { Boundary = true, Classes = pair, MaxRegions = PartitionCommand.AtLeastOne(words.GetValue(maxRegions), "--max-regions") };
            int? first = words.GetValue(layers) is int count ? PartitionCommand.AtLeastOne(count, "--layers") : null;
            Network network = Model.Load(words.GetRequiredValue(model));
            SegmentPartitioner partitioner = Engines.Prepare(network, first, "segment", (given, folding) => new SegmentPartitioner(given, folding));
            if (pair is (int i, int j) && Math.Max(i, j) >= partitioner.Outputs)
                throw new WordsException($"--classes is {i},{j}; the network has outputs 0 to {partitioner.Outputs - 1}");
            Slice where = slice is null ? Slice.Segment(PointWords.Read(start!, "--from", network), PointWords.Read(end!, "--to", network)) : Line(SliceFile.Load(slice), slice, network);
            shell.Remark(network.Notes.Concat(partitioner.Notes), common);
            SegmentPartition segment = partitioner.Cut(where, shell.Run(common), options);
            var figure = new SegmentFigureOptions { Title = picture.Title(words) };
            return Finish(shell, common, segment, options, files, picture.Width(words) is int pixels ? figure with { Width = pixels, PngWidth = pixels } : figure);
        });
        return command;
    }

    private static Slice Line(Slice slice, string file, Network network)
    {
        string name = Path.GetFileName(file);
        if (slice.Inputs != network.InputShape.Size)
            throw new ModelException(name, $"the slice lies in a space of {slice.Inputs} inputs; the network takes {network.InputShape.Size} (shape {network.InputShape})");
        return slice.Dimension == 1 ? slice : throw new ModelException(name, $"the slice has {slice.Dimension} directions; 'crease segment' takes 1");
    }

    private static int Finish(Shell shell, CommonWords common, SegmentPartition segment, CutOptions options, string[] files, SegmentFigureOptions figure)
    {
        var report = new SegmentReport(segment, common);
        foreach (string file in files)
            SegmentFile.Save(file, segment, figure, report.WriteJson);
        shell.Show(common, report.WriteJson, report.WriteTable, files);
        return BudgetWords.End(shell, segment.Status, segment.RegionCount, options, "shorten the segment, or say --layers");
    }
}
