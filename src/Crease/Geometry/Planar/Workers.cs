using System.Runtime.ExceptionServices;

namespace Crease.Geometry;

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
