using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Trains and measures every point of a grid into one folder.</summary>
/// <remarks>
/// Every training is an ordinary run in <c>runs/NAME</c>, and its name follows from its point. Whatever stops a sweep, a kill included, the next call with the same grid keeps what is
/// finished, goes on with what is not, and gives the same bytes. A training that fails is a row that says why; the others go on.
/// </remarks>
/// <param name="grid">The grid.</param>
/// <param name="folder">Folder of the sweep; made with the first run.</param>
/// <param name="runs">All trainings, in the order of the grid.</param>
/// <param name="measure">What is measured of a training on its rows, and on which slice, or null for nothing.</param>
public sealed class Sweep(SweepGrid grid, string folder, IReadOnlyList<SweepRun> runs, Func<CheckpointSeries, DataParts, (DynamicsOptions Options, Slice? Slice)>? measure)
{
    private const string RunsFolder = "runs";

    private readonly SweepRows _rows = new();
    private readonly HashSet<double> _epsilons = [];
    private readonly Lock _gate = new();
    private long _steps, _left;
    private int _done, _failed;

    /// <summary>Folder of a training.</summary>
    /// <param name="run">A training.</param>
    public string PathOf(SweepRun run) => Path.Combine(folder, RunsFolder, run.Point.Name);

    /// <summary>Steps that are done of a training: all of them once it is finished.</summary>
    /// <param name="run">A training.</param>
    /// <exception cref="TrainingException">Its folder holds a run with other options.</exception>
    public long Done(SweepRun run) => StudyTraining.Done(PathOf(run), run.Options);

    /// <summary>Trains and measures what is not finished.</summary>
    /// <param name="run">Seed of what is measured, threads, cancellation.</param>
    /// <param name="jobs">Trainings at a time, at least 1; the results do not depend on it.</param>
    /// <param name="told">Told how far it has come, from several threads; may be null.</param>
    /// <exception cref="TrainingException">A folder holds a run with other options, a file cannot be written, or libtorch is missing.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled; the state of what was trained is saved.</exception>
    public SweepResult Run(RunContext run, int jobs = 1, Action<SweepProgress>? told = null)
    {
        if (!LibTorchCompat.TryLoad(out string fault))
            throw new TrainingException(fault);
        // Ahead of all work: a folder of another grid is no place for this one.
        long[] before = [.. runs.Select(Before)];
        _left = runs.Select((item, i) => item.Options.Steps - before[i]).Sum();
        var rows = new SweepRow[runs.Count];
        RunContext one = run with { Progress = null, Threads = Math.Max(1, run.Threads / jobs) };
        try
        {
            // Taken one by one and in order: trainings take long, and not equally long.
            Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, runs.Count), EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = jobs }, (i, loop) =>
            {
                // A fault ends what was not begun.
                if (!loop.IsExceptional)
                    rows[i] = Row(runs[i], before[i], one, told);
            });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? faults.InnerExceptions[0]);
        }
        return new SweepResult(grid, folder, rows, SweepMeasures.Names(rows, _epsilons));
    }

    private SweepRow Row(SweepRun item, long before, RunContext run, Action<SweepProgress>? told)
    {
        string path = PathOf(item), name = item.Point.Name;
        var values = ImmutableDictionary.CreateBuilder<string, double>();
        string? fault = Guarded(() =>
        {
            StudyTraining.Finish(name, path, item.Options, run, progress =>
            {
                long steps = Interlocked.Add(ref _steps, progress.Done - before);
                before = progress.Done;
                Tell(told, steps, name);
            });
            SweepMeasures.Add(values, RunSummary.Read(path).Metrics[^1]);
        });
        // Steps that a failed training leaves out are not done later.
        Interlocked.Add(ref _left, before - item.Options.Steps);
        fault ??= measure is null ? null : Guarded(() => Measure(item, path, values, run, done => Tell(told, Interlocked.Read(ref _steps), $"{name}, {done}")));
        long? step = LastStep(path);
        Interlocked.Increment(ref _done);
        if (fault is not null)
            Interlocked.Increment(ref _failed);
        Tell(told, Interlocked.Read(ref _steps), name);
        return new SweepRow(item, fault, step, values.ToImmutable());
    }

    private void Measure(SweepRun item, string path, ImmutableDictionary<string, double>.Builder values, RunContext run, Action<string> told)
    {
        CheckpointSeries series = CheckpointSeries.Open(path);
        DataParts sets = _rows.Of(item.Options);
        (DynamicsOptions options, Slice? slice) = measure!(series, sets);
        lock (_gate)
            _epsilons.UnionWith(options.Epsilons);
        DynamicsResult result = Dynamics.Measure(grid.MeasuresAll ? series : series.Last, sets, options, new DynamicsStore(Dynamics.StoreIn(path)), slice, run, (done, all) => told(FormattableString.Invariant($"network {done} of {all} measured")));
        SweepMeasures.Add(values, result, grid.MeasuresAll);
    }

    // A damaged state is told of in its row.
    private long Before(SweepRun item)
    {
        try
        {
            return Done(item);
        }
        catch (ModelException)
        {
            return 0;
        }
    }

    private static long? LastStep(string path)
    {
        try
        {
            return RunSummary.IsRun(path) && RunSummary.Read(path).Metrics is [.., { Step: long last }] ? last : null;
        }
        catch (Exception fault) when (fault is ModelException or TrainingException)
        {
            return null;
        }
    }

    private void Tell(Action<SweepProgress>? told, long steps, string part) => told?.Invoke(new SweepProgress(_done, runs.Count, _failed, steps, Interlocked.Read(ref _left) - steps, part));

    // What a training or a network cannot do is said in its row; what the machine refuses ends the sweep.
    private static string? Guarded(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception fault) when (fault is TrainingException or ModelException or ArgumentException or NotSupportedException && !RunFolder.IsRefusal(fault.InnerException))
        {
            return fault.Message.Split(" (Parameter '")[0].ReplaceLineEndings(" ");
        }
    }
}
