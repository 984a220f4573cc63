using System.Runtime.ExceptionServices;

namespace Crease.Geometry;

/// <summary>The calling thread and helpers from the pool, on the same work.</summary>
internal static class Workers
{
    /// <summary>Runs a body once per worker and waits for all; the first failure is thrown again.</summary>
    /// <param name="count">Number of workers, the caller among them.</param>
    /// <param name="body">Takes work until there is none.</param>
    public static void Run(int count, Action body)
    {
        if (count <= 1)
        {
            body();
            return;
        }
        ExceptionDispatchInfo? failure = null;
        using var running = new CountdownEvent(count - 1);
        for (int i = 1; i < count; i++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => { Guarded(); running.Signal(); }, null);
        Guarded();
        running.Wait();
        failure?.Throw();

        void Guarded()
        {
            try
            {
                body();
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
        Run(Math.Min(threads, count), () =>
        {
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < count)
                action(mine);
        });
    }
}
