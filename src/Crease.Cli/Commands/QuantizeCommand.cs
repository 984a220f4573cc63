using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease quantize</c>: networks with weights of few bits, and what that changes.</summary>
internal static class QuantizeCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var words = new QuantizeWords();
        var slice = new SliceWords();
        var picture = new PictureWords();
        var command = new Command("quantize", "Round the weights to few bits: the network as a model, and what changes in accuracy, robustness, certificates, regions and boundary.") { model };
        words.AddTo(command);
        slice.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            QuantizeCall asked = words.Read(call, common.Seed);
            picture.Check(call);
            RunContext run = shell.Run(common);
            Network network = Model.Load(call.GetRequiredValue(model));
            shell.Remark(network.Notes, common);
            (double[][] inputs, int[]? labels, AttackOptions? attack) = Rows(asked, network);
            (Slice Slice, double[][] Anchors, string? Note)? where = asked.Panels is not null || slice.IsGiven(call) ? slice.Read(call, network, call.GetRequiredValue(model), run) : null;
            shell.Note(where?.Note is string note ? "note: " + note : "", common);
            if (asked.Folder is string folder)
                QuantizeFile.CheckFolder(folder, asked.Options.Bits);
            QuantizationCurveOptions options = asked.Options with { Attack = attack };
            long start = Stopwatch.GetTimestamp();
            QuantizationCurve curve = Engines.Prepare(network, null, null, (given, _) => QuantizationCurve.Of(given, inputs, labels, options, run));
            QuantizationCuts? cuts = where is { } seen ? Engines.Prepare(network, null, "quantize", (_, _) => QuantizationCuts.Of(curve, seen.Slice, seen.Anchors, asked.MaxRegions, run)) : null;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            void Document(Stream stream) => new QuantizeDocument(network, curve, cuts, asked, options, inputs.Length).Write(stream, common, seconds);
            var saved = new List<string>();
            if (asked.Folder is string place)
                saved.AddRange(QuantizeFile.SaveNetworks(place, curve));
            foreach (string file in asked.Files)
                QuantizeFile.Save(file, curve, cuts, Document, () => QuantizeFigure.Of(curve, cuts, network.Name, asked, picture.Title(call), picture.Width(call)));
            if (asked.Panels is string panels)
                cuts!.Panels(picture.Title(call), picture.Width(call)).Save(panels);
            shell.Show(common, Document, table => new QuantizeReport(network, curve, cuts, asked, options, inputs.Length).WriteTable(table, seconds), [.. saved, .. asked.Files, .. asked.Panels is null ? [] : new[] { asked.Panels }]);
            return BudgetWords.End(shell, cuts?.Status ?? Status.Complete, cuts?.EndRegions ?? 0, new CutOptions { MaxRegions = asked.MaxRegions });
        });
        return command;
    }

    private static (double[][] Inputs, int[]? Labels, AttackOptions? Attack) Rows(QuantizeCall asked, Network network)
    {
        if (asked.Data is null)
            return ([], null, null);
        DataSet data = DataSource.Load(asked.Data);
        if (asked.Method is not null && data.Labels is null)
            throw new ModelException(data.Name, "has no labels; an attack needs the true class of each row");
        AttackOptions? attack = asked.Method?.For(data);
        double[][] inputs = SliceWords.FitAll(data, asked.Samples, network);
        return (inputs, data.Labels?[..inputs.Length], attack);
    }
}
