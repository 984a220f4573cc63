using Crease.Lab;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Studio;

/// <summary>One run of the workspace: its thread while it is trained, and what watchers are told.</summary>
internal sealed class LiveRun
{
    private readonly Lock _lock = new();
    private readonly List<TrainingMetrics> _lines;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _stop;
    private Task _ended = Task.CompletedTask;

    public LiveRun(string name, string folder, RunSummary summary)
    {
        (Name, Folder, Options, _lines) = (name, folder, summary.Options, [.. summary.Metrics]);
        (Done, State) = (summary.Done, summary.IsComplete ? RunState.Complete : RunState.Paused);
    }

    public string Name { get; }

    public string Folder { get; }

    public TrainingOptions Options { get; private set; }

    public long Done { get; private set; }

    public double Loss { get; private set; } = double.NaN;

    public RunState State { get; private set; }

    public string? Error { get; private set; }

    /// <summary>The last line of metrics, or null.</summary>
    public TrainingMetrics? Last
    {
        get
        {
            lock (_lock)
                return _lines.Count == 0 ? null : _lines[^1];
        }
    }

    /// <summary>Ends when something changes after this call.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>All lines of metrics after a step.</summary>
    public TrainingMetrics[] LinesAfter(long step)
    {
        lock (_lock)
        {
            int from = _lines.Count;
            while (from > 0 && _lines[from - 1].Step > step)
                from--;
            return [.. _lines[from..]];
        }
    }

    /// <summary>Gives it more steps.</summary>
    /// <param name="steps">Number of steps of the whole run, more than it has.</param>
    /// <exception cref="ConflictException">It is running.</exception>
    /// <exception cref="ArgumentException">It cannot have so many.</exception>
    public void Extend(long steps)
    {
        lock (_lock)
        {
            if (State == RunState.Running)
                throw new ConflictException($"the run '{Name}' is running; pause it first");
            Options = TrainingRun.Extend(Folder, steps);
            State = State == RunState.Complete ? RunState.Paused : State;
        }
    }

    /// <summary>Trains on a thread of its own, once a core is free.</summary>
    /// <param name="prepare">Gives the run; called on that thread.</param>
    /// <param name="cores">Cores for trainings.</param>
    /// <exception cref="ConflictException">It is running or complete.</exception>
    public void Start(Func<TrainingRun> prepare, SemaphoreSlim cores)
    {
        lock (_lock)
        {
            if (State is RunState.Running or RunState.Complete)
                throw new ConflictException($"the run '{Name}' is {(State == RunState.Running ? "running" : "complete")}; only a run that is paused or failed goes on");
            (State, Error, _stop) = (RunState.Running, null, new CancellationTokenSource());
            CancellationToken stop = _stop.Token;
            _ended = Task.Factory.StartNew(() => Train(prepare, cores, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        Tell();
    }

    /// <summary>Stops training; ends when the state is saved.</summary>
    public Task Pause()
    {
        lock (_lock)
        {
            _stop?.Cancel();
            return _ended;
        }
    }

    private void Train(Func<TrainingRun> prepare, SemaphoreSlim cores, CancellationToken stop)
    {
        (RunState state, string? error) = (RunState.Paused, null);
        try
        {
            cores.Wait(stop);
            try
            {
                TrainingRun run = prepare();
                Done = run.Train(RunContext.Default with { Cancellation = stop }, Log, Step);
                state = Done == run.Steps ? RunState.Complete : RunState.Paused;
            }
            finally
            {
                cores.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // It waited for a core: nothing was begun.
        }
        catch (Exception fault)
        {
            (state, error) = (RunState.Failed, FaultAnswer.Told(fault));
        }
        lock (_lock)
            (State, Error, _stop) = (state, error, null);
        Tell();
    }

    private void Log(TrainingMetrics line)
    {
        lock (_lock)
        {
            // A run that goes on writes the lines after its saved state again, and they are the same; only the last of a run that was given more steps knows its step now.
            if (_lines.Count > 0 && line.Step == _lines[^1].Step)
                _lines[^1] = line;
            else if (_lines.Count == 0 || line.Step > _lines[^1].Step)
                _lines.Add(line);
        }
        Tell();
    }

    private void Step(long done, double loss)
    {
        (Done, Loss) = (done, loss);
        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            told = _changed;
            if (!told.Task.IsCompleted)
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        told.TrySetResult();
    }
}
