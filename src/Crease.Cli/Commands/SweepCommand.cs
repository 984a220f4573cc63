using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease sweep GRID.json</c>: a grid of trainings, a table of their ends, and figures of measures against axes.</summary>
internal static class SweepCommand
{
    private const string Table = "table.csv";

    public static Command Create(Shell shell)
    {
        var words = new SweepWords();
        var command = new Command("sweep", "Train every point of a grid, and compare how the trainings end.");
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            (string folder, string[] files, SweepView view, int jobs) = (words.Folder(call), words.Files(call), words.View(call), words.Jobs(call));
            RunContext run = shell.Run(common) with { Progress = null };
            string file = words.Grid(call);
            (SweepGrid grid, SweepRun[] runs) = Read(file, run.Seed);
            var measure = Meant(file, () => new SweepMeasureWords().Read(grid, run));
            if (files.Any(ResultFile.IsPicture))
                Asked(() => SweepDrawing.Check(grid, view));
            if (jobs > 1 && runs.Select(item => item.Options.Threads).Distinct().Count() > 1)
                throw new WordsException($"--jobs is {jobs} and the grid varies torch-threads, which libtorch has once for all trainings; leave out one of them");
            var sweep = new Sweep(grid, folder, runs, measure);
            if (words.IsDry(call))
            {
                var plan = new SweepPlanReport(grid, folder, [.. runs.Select(item => (item, sweep.Done(item)))], common);
                shell.Show(common, plan.WriteJson, plan.WriteTable, []);
                return 0;
            }
            return Train(shell, common, sweep, run, jobs, folder, view, files);
        });
        return command;
    }

    private static int Train(Shell shell, CommonWords common, Sweep sweep, RunContext run, int jobs, string folder, SweepView view, string[] files)
    {
        using SweepLine? line = shell.IsTerminal && !common.Quiet ? new SweepLine(shell.Errors, TimeProvider.System) : null;
        long start = Stopwatch.GetTimestamp();
        SweepResult result = sweep.Run(run, jobs, progress => line?.Report(progress));
        line?.Clear();
        Directory.CreateDirectory(folder);
        ResultFile.Save(Path.Combine(folder, Table), stream => SweepTable.WriteCsv(result, stream));
        var report = new SweepReport(result, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
        foreach (string file in files)
            SweepFile.Save(file, result, view, report.WriteJson);
        shell.Show(common, report.WriteJson, report.WriteTable, files);
        if (result.Failed == 0)
            return 0;
        shell.Errors.WriteLine(FormattableString.Invariant($"crease: {result.Failed} of {result.Rows.Count} runs failed; the first: {result.Rows.First(row => row.IsFailed).Message}"));
        return 1;
    }

    private static (SweepGrid Grid, SweepRun[] Runs) Read(string file, ulong seed)
    {
        var training = new TrainingWords();
        SweepGrid grid = SweepGridFile.Read(file, training.Names, new SweepMeasureWords().Names);
        IReadOnlyList<SweepPoint> points = grid.Points(seed);
        if (points.Count == 0)
            throw new GridException(Path.GetFileName(file), "excludes every combination; expected one run at least");
        return (grid, [.. points.Select(point => new SweepRun(point, Meant(file, () => Options(training, grid, point), points.Count > 1 ? point.Name + ": " : "")))]);
    }

    private static TrainingOptions Options(TrainingWords training, SweepGrid grid, SweepPoint point)
    {
        IReadOnlyDictionary<string, string> words = grid.Words(point);
        foreach (string needed in (string[])["data", "net"])
        {
            if (!words.ContainsKey(needed))
                throw new WordsException($"has no '{needed}'; expected it in train or among the axes");
        }
        TrainingOptions options = training.Read(words, point.Seed);
        options.Check();
        return options;
    }

    // The words stand in a file, so they are its fault and not that of the call.
    private static T Meant<T>(string file, Func<T> read, string place = "")
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is WordsException or ArgumentException or FormatException)
        {
            throw new GridException(Path.GetFileName(file), place + Shell.Told(fault), fault);
        }
    }

    private static void Asked(Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentException fault)
        {
            throw new WordsException(Shell.Told(fault));
        }
    }
}
