using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease normalization</c>: what batch normalization does to the creases of a network on given data.</summary>
internal static class NormalizationCommand
{
    public static Command Create(Shell shell)
    {
        var words = new NormalizationWords();
        var slice = new SliceWords();
        var picture = new PictureWords();
        var command = new Command("normalization", "What batch normalization does to creases: laws, distances, jitter and separation, with and without it on the same weights.");
        words.AddTo(command);
        slice.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            NormalizationCall asked = words.Read(call);
            picture.Check(call);
            RunContext run = shell.Run(common);
            Network network = NetWords.Load(asked.Model, asked.Net, run.Seed);
            DataSet data = DataSource.Load(asked.Data).Take(asked.Samples);
            SliceWords.FitAll(data, data.Count, network);
            if (data.Count < 2)
                throw new ModelException(data.Name, "has one row; a batch takes at least 2");
            shell.Remark(network.Notes, common);
            bool draws = asked.JitterFigure is not null || asked.Files.Any(ResultFile.IsPicture);
            (Slice Slice, double[][] Anchors, string? Note)? where = draws || slice.IsGiven(call) ? Where(slice, call, network, asked.Model, data, run) : null;
            shell.Note(where?.Note is string note ? "note: " + note : "", common);
            long start = Stopwatch.GetTimestamp();
            NormalizationReport found = Engines.Prepare(network, null, null, (_, _) => NormalizationReport.Of(network, data, asked.Options, run));
            NormalizationCuts? cuts = where is { } seen ? Engines.Prepare(network, null, null, (_, _) => NormalizationCuts.Of(found, data, seen.Slice, asked, run)) : null;
            var text = new NormalizationText(found, cuts, data, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string file in asked.Files)
                NormalizationFile.Save(file, found, cuts, picture.Title(call), picture.Width(call), text.WriteJson);
            if (asked.JitterFigure is string figure)
                cuts!.Jitter(picture.Title(call), picture.Width(call)).Save(figure);
            foreach (string warning in common.Json ? found.Warnings : [])
                shell.Note("warning: " + warning, common);
            shell.Show(common, text.WriteJson, text.WriteTable, asked.JitterFigure is null ? asked.Files : [.. asked.Files, asked.JitterFigure]);
            return BudgetWords.End(shell, cuts?.Status ?? Status.Complete, cuts?.EndRegions ?? 0, new CutOptions { MaxRegions = asked.MaxRegions });
        });
        return command;
    }

    // For a network with two inputs the data themselves say where to look.
    private static (Slice, double[][], string?) Where(SliceWords slice, ParseResult call, Network network, string? model, DataSet data, RunContext run)
    {
        if (slice.IsGiven(call) || network.InputShape.Size != 2)
            return slice.Read(call, network, model ?? "", run);
        double[] low = [data.Inputs.Min(row => row[0]), data.Inputs.Min(row => row[1])], high = [data.Inputs.Max(row => row[0]), data.Inputs.Max(row => row[1])];
        double room = Math.Max(0.25 * Math.Max(high[0] - low[0], high[1] - low[1]), 1e-3);
        return (Slice.Box(low[0] - room, high[0] + room, low[1] - room, high[1] + room), [], null);
    }
}
