using Crease.Lab;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Studio;

/// <summary>All runs of the workspace. What was running when a server ended is paused when the next one starts.</summary>
internal sealed class RunBoard : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveRun> _runs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reserved = new(StringComparer.OrdinalIgnoreCase);
    private readonly WorkspaceFolder _workspace;
    private readonly DataShelf _data;
    private readonly SemaphoreSlim _cores;

    public RunBoard(WorkspaceFolder workspace, DataShelf data, StudioOptions options)
    {
        (_workspace, _data, _cores) = (workspace, data, new SemaphoreSlim(options.Cores));
        foreach (string name in WorkspaceFolder.Names(workspace.Runs, isFolders: true))
        {
            if (Found(name) is LiveRun run)
                _runs[name] = run;
        }
    }

    /// <summary>All runs by name.</summary>
    public IReadOnlyList<LiveRun> All
    {
        get
        {
            lock (_lock)
                return [.. _runs.Values.OrderBy(run => run.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>A run.</summary>
    /// <exception cref="UnknownIdException">There is none of that name.</exception>
    public LiveRun this[string name]
    {
        get
        {
            lock (_lock)
                return _runs.TryGetValue(name, out LiveRun? run) && run.Name == name ? run : throw new UnknownIdException(name, "see /api/runs for the runs there are");
        }
    }

    /// <summary>Makes a run and starts it.</summary>
    /// <param name="name">Name of its folder.</param>
    /// <param name="options">All options; data by the ids of this server.</param>
    /// <param name="run">Ignored but for its place on a thread of its own: reading data takes a while.</param>
    /// <exception cref="ConflictException">There is one of that name.</exception>
    /// <exception cref="ArgumentException">Options or data do not fit together.</exception>
    public LiveRun Create(string? name, TrainingOptions options, RunContext run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        string safe = SafeName.Of(name), folder = Path.Combine(_workspace.Runs, safe);
        options = options with { Data = options.Data with { Data = Source(options.Data.Data), Test = options.Data.Test is string test ? Source(test) : null } };
        Reserve(safe, folder);
        try
        {
            TrainingRun created = TrainingRun.Create(folder, options);
            var live = new LiveRun(safe, folder, RunSummary.Read(folder));
            lock (_lock)
                _runs[safe] = live;
            live.Start(() => created, _cores);
            return live;
        }
        finally
        {
            lock (_lock)
                _reserved.Remove(safe);
        }
    }

    /// <summary>Goes on with a run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="steps">Number of steps of the whole run, more than it has; null for those it has.</param>
    /// <exception cref="ConflictException">It is running, or complete and given no more steps.</exception>
    public void Resume(string name, long? steps)
    {
        LiveRun run = this[name];
        if (steps is long more)
            run.Extend(more);
        run.Start(() => TrainingRun.Resume(run.Folder), _cores);
    }

    /// <summary>Moves a run to those that were removed.</summary>
    /// <exception cref="ConflictException">It is running.</exception>
    public void Remove(string name)
    {
        lock (_lock)
        {
            LiveRun run = this[name];
            if (run.State == RunState.Running)
                throw new ConflictException($"the run '{name}' is running; pause it first");
            _workspace.Remove(run.Folder);
            _runs.Remove(name);
        }
    }

    /// <summary>What a list says about a run.</summary>
    public RunRow Row(LiveRun run) => RunRow.Of(run.Name, run.Options, _data.IdOf(run.Options.Data.Data) ?? run.Options.Data.Data, run.Done, run.State, run.Error, run.Last);

    /// <summary>Pauses all; ends when every state is saved.</summary>
    public Task Stop() => Task.WhenAll(All.Select(run => run.Pause()));

    public void Dispose() => _cores.Dispose();

    private void Reserve(string name, string folder)
    {
        lock (_lock)
        {
            if (_runs.ContainsKey(name) || RunSummary.IsRun(folder) || !_reserved.Add(name))
                throw new ConflictException($"there is a run '{name}' already; remove it first, or give another name");
        }
    }

    // Data by the ids of this server only: a request names no path.
    private string Source(string id) => id.StartsWith("modular-addition:", StringComparison.Ordinal) ? id : _data.Source(id);

    private LiveRun? Found(string name)
    {
        string folder = Path.Combine(_workspace.Runs, name);
        try
        {
            return RunSummary.IsRun(folder) ? new LiveRun(name, folder, RunSummary.Read(folder)) : null;
        }
        // A damaged run stays on the disk and is not shown.
        catch (Exception fault) when (fault is TrainingException or ModelException)
        {
            return null;
        }
    }
}
