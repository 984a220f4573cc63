using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli.Commands;

/// <summary><c>crease train</c>: a network into a folder that every other verb reads.</summary>
internal static class TrainCommand
{
    public static Command Create(Shell shell)
    {
        var training = new TrainingWords();
        var output = new Option<string?>("-o", "--output") { Description = "Folder of the new run.", HelpName = "RUN" };
        var resume = new Option<string?>("--resume") { Description = "Go on with a run that was stopped or killed: to the same bytes as if it had not been. --data and --test say where its data are now, if they were moved; --steps gives it more steps.", HelpName = "RUN" };
        var command = new Command("train", "Train a network; the folder of the run is a model for every other verb.") { output, resume };
        training.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            (string? folder, string? going) = (words.GetValue(output), words.GetValue(resume));
            if ((folder is null) == (going is null))
                throw new WordsException("'crease train' needs -o RUN for a new run, or --resume RUN");
            if (going is not null && training.Given(words) is string given)
                throw new WordsException($"--resume goes on with the options of the run; leave out {given}");
            (string? data, string? test) = training.Places(words);
            TrainingRun run = going is null ? TrainingRun.Create(folder!, training.Read(words, (ulong)common.Seed)) : TrainingRun.Resume(going, data, test, training.GivenSteps(words));
            return Train(shell, common, run, folder ?? going!);
        });
        return command;
    }

    private static int Train(Shell shell, CommonWords common, TrainingRun run, string folder)
    {
        using TrainingLine? progress = shell.IsTerminal && !common.Quiet ? new TrainingLine(shell.Errors, TimeProvider.System, run.Steps) : null;
        long start = Stopwatch.GetTimestamp();
        TrainingMetrics? last = null;
        long done = run.Train(shell.Run(common) with { Progress = null }, line => last = line, (step, loss) => progress?.Report(step, loss, last, run.MetricsTime), (step, share) => progress?.Measure(step, share));
        progress?.Clear();
        var report = new TrainReport(run, folder, done, last, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
        shell.Show(common, report.WriteJson, report.WriteTable, []);
        return done == run.Steps ? 0 : 130;
    }
}
