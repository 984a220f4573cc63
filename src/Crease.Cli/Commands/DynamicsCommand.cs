using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease dynamics</c>: the geometry, accuracy and robustness of all networks of a training.</summary>
internal static class DynamicsCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("RUN|FOLDER") { Description = "The folder of a run, or a folder of models (.onnx, .safetensors) whose names end in their step." };
        var words = new DynamicsWords();
        var slice = new SliceWords();
        var command = new Command("dynamics", "Local complexity, accuracy, robustness and partition against training steps, and the phases in them.") { folder };
        words.AddTo(command);
        slice.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            (string[] files, string[] movies) = words.Files(call);
            CheckpointSeries series = CheckpointSeries.Open(call.GetRequiredValue(folder));
            RunContext run = shell.Run(common) with { Progress = null };
            (DynamicsOptions options, DataParts sets) = words.Read(call, series, run.Seed);
            Slice? where = slice.IsGiven(call) || movies.Length > 0 ? Where(shell, common, slice, call, series, sets, run) : null;
            using StudyLine? line = shell.IsTerminal && !common.Quiet ? new StudyLine(shell.Errors, TimeProvider.System) : null;
            DynamicsResult result = Dynamics.Measure(series, sets, options, words.Store(call, series), where, run, (done, all) => line?.Report(new StudyProgress("networks", done, all)));
            if (movies.Length > 0)
                DynamicsMovie.Save(movies, series, where!, words.Frames(call), Programs.Find("ffmpeg"), run, (done, all) => line?.Report(new StudyProgress("frames", done, all)));
            line?.Clear();
            var report = new DynamicsReport(result, sets, common);
            foreach (string file in files)
                DynamicsFile.Save(file, result, words.Figure(call, series), report.WriteJson);
            shell.Show(common, report.WriteJson, report.WriteTable, [.. files, .. movies]);
            return 0;
        });
        return command;
    }

    // Without words, the plane through the first three rows that were trained on, or all of a plane.
    private static Slice Where(Shell shell, CommonWords common, SliceWords slice, ParseResult call, CheckpointSeries series, DataParts sets, RunContext run)
    {
        if (!slice.IsGiven(call))
            return DynamicsSlice.Through(sets.Train);
        Network network = CheckpointSeries.Load(series.Checkpoints[^1]);
        (Slice found, _, string? note) = slice.Read(call, network, series.Path, run);
        shell.Note(note is null ? "" : "note: " + note, common);
        return found;
    }
}
