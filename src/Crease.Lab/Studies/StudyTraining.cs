using System.Text.Json;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A training of a study: begun, gone on with, or found finished.</summary>
internal static class StudyTraining
{
    /// <summary>Trains to the last step.</summary>
    /// <param name="name">What the run is called in progress.</param>
    /// <param name="path">Folder of the run.</param>
    /// <param name="options">How it is trained; an earlier call must have named the same.</param>
    /// <param name="run">Cancellation: the state is saved.</param>
    /// <param name="told">Told the steps; may be null.</param>
    /// <exception cref="TrainingException">The folder holds a run with other options, or the training fails.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static void Finish(string name, string path, TrainingOptions options, RunContext run, Action<StudyProgress>? told)
    {
        if (Done(path, options) == options.Steps)
            return;
        TrainingRun training = RunSummary.IsRun(path) ? TrainingRun.Resume(path) : TrainingRun.Create(path, options);
        training.Train(run with { Progress = null }, null, (step, _) => told?.Invoke(new StudyProgress("training " + name, step, options.Steps)));
        run.Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Steps that are done of a training: all of them once its last line of metrics is written; 0 where it was not begun.</summary>
    /// <param name="path">Folder of the run.</param>
    /// <param name="options">How it is trained.</param>
    /// <exception cref="TrainingException">The folder holds a run with other options.</exception>
    public static long Done(string path, TrainingOptions options)
    {
        if (!RunSummary.IsRun(path))
            return 0;
        RunSummary run = RunSummary.Read(path);
        if (Text(run.Options) != Text(options))
            throw new TrainingException($"{path} holds a run with other options; name another folder, or repeat the options of the earlier call.");
        // A kill may come between the last checkpoint and the last line.
        bool isTold = run.Metrics.Count > 0 && run.Metrics[^1].Step == options.Steps;
        return run.IsComplete && !isTold ? options.Steps - 1 : run.Done;
    }

    private static string Text(TrainingOptions options) => JsonSerializer.Serialize(options, RunFolder.Json);
}
