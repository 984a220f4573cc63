using System.Runtime.ExceptionServices;

namespace Crease.Numerics;

/// <summary>The calling thread and helpers from the pool, on the same work.</summary>
internal static class Workers
{
    /// <summary>Runs a body once per worker and waits for all; the first failure is thrown again.</summary>
    /// <param name="count">Number of workers, the caller among them.</param>
    /// <param name="body">Takes work until there is none; its argument is the number of the worker, 0 for the caller.</param>
    public static void Run(int count, Action<int> body)
    {
        if (count <= 1)
        {
            body(0);
            return;
        }
        ExceptionDispatchInfo? failure = null;
        using var running = new CountdownEvent(count - 1);
        for (int i = 1; i < count; i++)
        {
            int worker = i;
            ThreadPool.UnsafeQueueUserWorkItem(_ => { Guarded(worker); running.Signal(); }, null);
        }
        Guarded(0);
        running.Wait();
        failure?.Throw();

        void Guarded(int worker)
        {
            try
            {
                body(worker);
            }
            catch (Exception fault)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(fault), null);
            }
        }
    }

    /// <summary>Takes rows in parts of a fixed size, on several threads, each with a worker of its own; which thread takes which part changes no result.</summary>
    /// <param name="count">Number of rows, at least 0.</param>
    /// <param name="size">Rows of a part, at least 1; the last one may have fewer.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="worker">Makes what a thread works with.</param>
    /// <param name="body">Given the worker, the first row of a part and its number of rows.</param>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static void InParts<TWorker>(int count, int size, RunContext run, Func<TWorker> worker, Action<TWorker, int, int> body)
    {
        int parts = (count + size - 1) / size, next = -1;
        Run(Math.Clamp(run.Threads, 1, Math.Max(1, parts)), _ =>
        {
            TWorker own = worker();
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < parts)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                body(own, mine * size, Math.Min(size, count - mine * size));
            }
        });
    }

    /// <summary>Calls an action for 0 to count - 1, on several threads, in any order.</summary>
    public static void For(int count, int threads, Action<int> action)
    {
        int next = -1;
        Run(Math.Min(threads, count), _ =>
        {
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < count)
                action(mine);
        });
    }
}
