using Crease.Lab;
using Crease.Models;
using Crease.Numerics;
using Microsoft.Extensions.Hosting;

namespace Crease.Studio;

/// <summary>Measures the checkpoints of runs in the background, one run at a time and behind everything else.</summary>
internal sealed class DynamicsBoard(IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LiveRun, Measuring> _jobs = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What is measured so far; measuring what is not goes on behind this call.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Null before its data are read.</returns>
    /// <exception cref="TrainingException">Measuring failed.</exception>
    public DynamicsResult? Measured(LiveRun run) => Look(run, isTold: true);

    /// <summary>The same, and null also where measuring failed: somebody else is told why.</summary>
    public DynamicsResult? Known(LiveRun run) => Look(run, isTold: false);

    public void Dispose() => _turn.Dispose();

    private DynamicsResult? Look(LiveRun run, bool isTold)
    {
        CheckpointSeries series = CheckpointSeries.Open(run.Folder);
        lock (_lock)
        {
            if (!_jobs.TryGetValue(run, out Measuring? job))
                _jobs[run] = job = new Measuring();
            if (isTold && !job.IsActive && job.Error is string error)
            {
                job.Error = null;
                throw new TrainingException(error);
            }
            if (!job.IsActive && job.Error is null && job.Rows.Count < series.Checkpoints.Count)
            {
                job.IsActive = true;
                new Thread(() => Measure(run, job)) { IsBackground = true, Priority = ThreadPriority.Lowest, Name = "dynamics" }.Start();
            }
            return job.How is var (options, range) ? DynamicsResult.Of(series, options, range, [.. job.Rows.Values]) : null;
        }
    }

    private void Measure(LiveRun run, Measuring job)
    {
        string? error = null;
        try
        {
            CancellationToken stop = lifetime.ApplicationStopping;
            _turn.Wait(stop);
            try
            {
                CheckpointSeries series = CheckpointSeries.Open(run.Folder);
                DataParts sets = DynamicsData.Of(run.Options);
                // As 'crease dynamics' takes them, so that both find each other's rows.
                var options = new DynamicsOptions { Epsilons = DynamicsOptions.UsualEpsilons(sets), Loss = run.Options.Loss };
                lock (_lock)
                    job.How = (options, sets.Train.Range);
                Dynamics.Measure(series, sets, options, new DynamicsStore(Dynamics.StoreIn(run.Folder)), slice: null, RunContext.Default with { Threads = 1, Cancellation = stop }, found: row =>
                {
                    lock (_lock)
                        job.Rows[row.Step] = row;
                });
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends; what is stored is kept.
        }
        catch (Exception fault)
        {
            error = FaultAnswer.Told(fault);
        }
        lock (_lock)
            (job.IsActive, job.Error) = (false, error);
    }

    private sealed class Measuring
    {
        public SortedDictionary<long, DynamicsRow> Rows { get; } = [];

        /// <summary>What is measured, and the box of the data, once those are read.</summary>
        public (DynamicsOptions Options, DataRange Range)? How { get; set; }

        public bool IsActive { get; set; }

        public string? Error { get; set; }
    }
}
