using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease explain</c>: the geometry of a network around one input.</summary>
internal static class ExplainCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var at = new Option<string>("--at") { Description = "The input: a row of a data set, or its numbers.", HelpName = PointWords.Form, Required = true };
        var output = new Option<string[]>("-o", "--output") { Description = "Save the result; the ending decides: .json, or .npz with input, output, slopes, offsets and crease_distances.", HelpName = "FILE" };
        var command = new Command("explain", "The affine map, templates, code and distances at one input.") { model, at, output };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, ".json", ".npz");
            Network network = Model.Load(words.GetRequiredValue(model));
            double[] input = PointWords.Read(words.GetRequiredValue(at), "--at", network);
            RunContext run = shell.Run(common);
            long start = Stopwatch.GetTimestamp();
            LocalGeometry geometry = Explain(network, input, run);
            var report = new ExplainReport(network, input, geometry, common, Stopwatch.GetElapsedTime(start).TotalSeconds);
            foreach (string file in files)
                ResultFile.Save(file, Path.GetExtension(file).Equals(".npz", StringComparison.OrdinalIgnoreCase) ? report.WriteNpz : report.WriteJson);
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, report.WriteJson);
            else
                report.WriteTable(shell.Output);
            return 0;
        });
        return command;
    }

    private static LocalGeometry Explain(Network network, double[] input, RunContext run)
    {
        try
        {
            return LocalGeometry.Of(network, input, run);
        }
        catch (NotSupportedException fault)
        {
            throw new ModelException(network.Name, $"{fault.Message.Split(';')[0]}. 'crease complexity' accepts it; 'crease explain' does not.", fault);
        }
    }
}
