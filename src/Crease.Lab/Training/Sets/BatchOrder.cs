using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Which rows make the batch of each step; the order within an epoch is a function of seed and epoch alone.</summary>
/// <param name="samples">Number of rows, at least 1.</param>
/// <param name="batch">Rows per step, at least 1; the last batch of an epoch may be smaller.</param>
/// <param name="seed">Seed of the orders.</param>
internal sealed class BatchOrder(int samples, int batch, ulong seed)
{
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>Rows per step.</summary>
    public int Batch => batch;

    /// <summary>Steps that see every row once.</summary>
    public int StepsPerEpoch => (samples + batch - 1) / batch;

    /// <summary>Whether every batch holds all rows.</summary>
    public bool IsFull => batch >= samples;

    /// <summary>The rows of a step.</summary>
    /// <param name="step">0-based step.</param>
    public ReadOnlySpan<int> Rows(long step)
    {
        (long epoch, long index) = Math.DivRem(step, StepsPerEpoch);
        int start = (int)index * batch;
        return Epoch(epoch).AsSpan(start, Math.Min(batch, samples - start));
    }

    /// <summary>The rows of an epoch in its order.</summary>
    /// <param name="epoch">0-based epoch.</param>
    public int[] Epoch(long epoch)
    {
        if (epoch != _epoch)
            (_epoch, _order) = (epoch, Shuffled(samples, RandomStreams.Of(seed, RandomStreams.Order, (ulong)epoch)));
        return _order;
    }

    /// <summary>0 to <paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    public static int[] Shuffled(int count, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.Index(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }
}
