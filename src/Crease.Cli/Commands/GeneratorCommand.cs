using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease generator</c>: volume elements of a generator, exact on a slice of its latent space, and re-weighted samples.</summary>
internal static class GeneratorCommand
{
    public static Command Create(Shell shell)
    {
        var words = new GeneratorWords();
        var slice = new SliceWords();
        var picture = new PictureWords();
        var command = new Command("generator", "How a generator stretches volume: exact per region of a latent slice, and samples re-weighted by it.");
        words.AddTo(command);
        slice.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            GeneratorCall asked = words.Read(call);
            picture.Check(call);
            var limits = new CutOptions { MaxRegions = asked.MaxRegions };
            RunContext run = shell.Run(common, limits);
            Network network = NetWords.Load(asked.Model, asked.Net, run.Seed);
            network = asked.From is string node ? NetworkTail.Of(network, node) : network;
            GeneratorVolumes generator = Engines.Prepare(network, null, null, (given, _) => new GeneratorVolumes(given, asked.Top));
            shell.Remark(network.Notes, common);
            if (generator.Output != network.Outputs[0])
                shell.Note($"note: the final {network.Nodes[network.Outputs[0]].Layer.Kind} was set aside: volumes are those of its input", common);
            if (asked.Files.Any(ResultFile.IsPicture) && network.InputShape.Size != 2 && !slice.IsGiven(call))
                throw new WordsException($"the generator has {network.InputShape.Size} latents, so the slice of the map must be said: --slice FILE.npz, --anchors DATA:i,j,k, or --box with --direction");
            long start = Stopwatch.GetTimestamp();
            SliceVolumes? map = slice.IsGiven(call) ? SliceVolumes.Of(generator, slice.Read(call, network, asked.Model ?? "", run).Slice, run, limits)
                : network.InputShape.Size == 2 ? SliceVolumes.Of(generator, Slice.Box(asked.Options.Low, asked.Options.High, asked.Options.Low, asked.Options.High), run, limits)
                : null;
            GeneratorSample sample = GeneratorSample.Of(generator, asked.Options, run);
            var report = new GeneratorReport(generator, sample, map, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string file in asked.Files)
                GeneratorFile.Save(file, sample, map, generator, picture.Title(call), picture.Width(call), run.Seed, report.WriteJson);
            foreach (string warning in common.Json ? sample.Warnings : [])
                shell.Note("warning: " + warning, common);
            shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
            return BudgetWords.End(shell, map?.Partition.Status ?? Status.Complete, map?.Partition.RegionCount ?? 0, limits);
        });
        return command;
    }
}
