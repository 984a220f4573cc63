using Crease.Numerics;

namespace Crease.Studio;

/// <summary>Lets so many computations run at a time, each on a thread of its own, so that answers that need none come at once.</summary>
internal sealed class CutGate(int cores) : IDisposable
{
    private readonly SemaphoreSlim _free = new(cores);
    private int _active;

    /// <summary>Computations that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Waits for room and computes.</summary>
    /// <param name="compute">Given threads and cancellation.</param>
    /// <param name="cancellation">Set when nobody waits for the result any more.</param>
    /// <exception cref="OperationCanceledException">It was canceled; what was found so far is dropped.</exception>
    public async Task<T> Run<T>(Func<RunContext, T> compute, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        Interlocked.Increment(ref _active);
        try
        {
            RunContext run = RunContext.Default with { Threads = cores, Cancellation = cancellation };
            T result = await Task.Factory.StartNew(() => compute(run), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            cancellation.ThrowIfCancellationRequested();
            return result;
        }
        finally
        {
            Interlocked.Decrement(ref _active);
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
