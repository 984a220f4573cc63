using Crease.Numerics;

namespace ExampleNetworks;

/// <summary>Endless batches of indices: every index once, in random order, then all again in another order.</summary>
internal sealed class ShuffledOrder(int count, RandomSource random)
{
    private readonly long[] _order = [.. Enumerable.Range(0, count).Select(index => (long)index)];
    private int _next = int.MaxValue;

    public long[] Next(int batch)
    {
        var indices = new long[batch];
        for (int i = 0; i < batch; i++)
        {
            if (_next >= _order.Length)
                Shuffle();
            indices[i] = _order[_next++];
        }
        return indices;
    }

    private void Shuffle()
    {
        _next = 0;
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int other = random.Index(i + 1);
            (_order[i], _order[other]) = (_order[other], _order[i]);
        }
    }
}
