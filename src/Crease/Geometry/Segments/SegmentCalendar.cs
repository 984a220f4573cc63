using System.Numerics.Tensors;

namespace Crease.Geometry;

/// <summary>When each of many items may change next: the least of them is at hand after any change.</summary>
/// <remarks>Times are kept in blocks with their minima, so that a change costs a block at most and a question one pass over the minima.</remarks>
internal sealed class SegmentCalendar
{
    private const int Block = 64;

    private readonly double[] _times, _least;

    public SegmentCalendar(int items)
    {
        _least = new double[Math.Max(1, (items + Block - 1) / Block)];
        _times = new double[Block * _least.Length];
        Clear();
    }

    /// <summary>The earliest time, or infinity.</summary>
    public double Least => TensorPrimitives.Min<double>(_least);

    public void Clear()
    {
        Array.Fill(_times, double.PositiveInfinity);
        Array.Fill(_least, double.PositiveInfinity);
    }

    /// <summary>An item changes no earlier than so; infinity for never.</summary>
    public void Set(int item, double time)
    {
        int block = item / Block;
        double before = _times[item];
        _times[item] = time;
        if (time <= _least[block])
            _least[block] = time;
        else if (before <= _least[block])
            _least[block] = TensorPrimitives.Min<double>(_times.AsSpan(block * Block, Block));
    }

    /// <summary>Appends the items whose time is at most so much, ascending.</summary>
    public void Collect(double upTo, List<int> items)
    {
        for (int block = 0; block < _least.Length; block++)
        {
            for (int item = block * Block; _least[block] <= upTo && item < (block + 1) * Block; item++)
            {
                if (_times[item] <= upTo)
                    items.Add(item);
            }
        }
    }
}
