using System.Collections.Concurrent;

namespace Crease.Geometry;

/// <summary>Workers and buffers that finished cuts hand back, so that later ones find their memory in place.</summary>
internal sealed class CutPool(FoldedNetwork folded)
{
    // What buffers may hold on to between cuts.
    private const long MostBytes = 256L << 20;

    private readonly ConcurrentBag<RegionBuffer> _buffers = [];
    private readonly ConcurrentBag<CellCutter> _cutters = [];
    private long _bytes;

    public CellCutter RentCutter() => _cutters.TryTake(out CellCutter? cutter) ? cutter : new CellCutter(folded);

    public void Return(CellCutter cutter) => _cutters.Add(cutter);

    public RegionBuffer RentBuffer(int mapLength)
    {
        if (_buffers.TryTake(out RegionBuffer? buffer))
            Interlocked.Add(ref _bytes, -buffer.Bytes);
        buffer ??= new RegionBuffer();
        buffer.Clear();
        buffer.MapLength = mapLength;
        return buffer;
    }

    public void Return(RegionBuffer buffer)
    {
        if (Interlocked.Add(ref _bytes, buffer.Bytes) <= MostBytes)
            _buffers.Add(buffer);
        else
            Interlocked.Add(ref _bytes, -buffer.Bytes);
    }
}
