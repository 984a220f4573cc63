using System.CommandLine;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease volume</c>: the exact linear regions of a network in a box, or the exact level set of an output.</summary>
internal static class VolumeCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var surface = new Option<bool>("--surface") { Description = "Only the level set of one output, as a triangle mesh." };
        var level = new Option<double?>("--level") { Description = "Value of the output on the surface (default 0).", HelpName = "L" };
        var index = new Option<int?>("--output-index") { Description = "The output whose level set is meant (default 0).", HelpName = "K" };
        var layers = new Option<int?>("--layers") { Description = "Only the first N piecewise layers fold.", HelpName = "N" };
        var maxRegions = new Option<int>("--max-regions") { Description = "Stop after so many regions.", HelpName = "N", DefaultValueFactory = _ => VolumeOptions.Default.MaxRegions };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {VolumeFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var title = new Option<string?>("--title") { Description = "Title of the figure of a surface." };
        var box = new BoxWords();
        var command = new Command("volume", "The exact linear regions of a network in a box in space, or the exact level set of an output.") { model, surface, level, index, layers, maxRegions, output, title };
        box.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            bool isSurface = words.GetValue(surface);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                VolumeFile.Check(file, isSurface);
            if (!isSurface && (words.GetValue(level) is not null || words.GetValue(index) is not null))
                throw new WordsException($"{(words.GetValue(level) is not null ? "--level" : "--output-index")} needs --surface");
            if (words.GetValue(level) is double value && !double.IsFinite(value))
                throw new WordsException(FormattableString.Invariant($"--level is {value}; expected a finite number"));
            int most = words.GetValue(maxRegions) is >= 1 and int n ? n : throw new WordsException($"--max-regions is {words.GetValue(maxRegions)}; expected at least 1");
            if (words.GetValue(layers) is < 1)
                throw new WordsException($"--layers is {words.GetValue(layers)}; expected at least 1");
            Network network = Model.Load(words.GetRequiredValue(model));
            VolumePartitioner partitioner = Engines.Prepare(network, words.GetValue(layers), null, (given, first) => new VolumePartitioner(given, first));
            int k = words.GetValue(index) ?? 0;
            if (k < 0 || k >= partitioner.Outputs)
                throw new WordsException($"--output-index is {k}; the network has outputs 0 to {partitioner.Outputs - 1}");
            Slice slice = box.Read(words, network);
            shell.Remark(network.Notes.Concat(partitioner.Notes), common);
            CutOptions limits = new() { MaxRegions = most };
            RunContext run = shell.Run(common);
            if (!isSurface)
            {
                VolumePartition partition = partitioner.Cut(slice, run, new VolumeOptions { MaxRegions = most });
                var report = new VolumeReport(partition, common);
                foreach (string file in files)
                    VolumeFile.Save(file, partition, report.WriteJson);
                shell.Show(common, report.WriteJson, report.WriteTable, files);
                return BudgetWords.End(shell, partition.Status, partition.RegionCount, limits, "narrow the box, or say --layers");
            }
            IsoSurface found = partitioner.Surface(slice, run, new SurfaceOptions { Output = k, Level = words.GetValue(level) ?? 0, MaxRegions = most });
            var text = new SurfaceReport(found, common);
            foreach (string file in files)
                VolumeFile.Save(file, found, words.GetValue(title), text.WriteJson);
            shell.Show(common, text.WriteJson, text.WriteTable, files);
            return BudgetWords.End(shell, found.Status, found.PolygonCount, limits, "narrow the box, or say --layers");
        });
        return command;
    }
}
