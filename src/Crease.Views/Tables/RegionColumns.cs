using Crease.Geometry;

namespace Crease.Views;

/// <summary>The columns of one row group while it fills. Corners are flat, with a level that is 0 where a region's list starts and 1 within it.</summary>
internal sealed class RegionColumns(int rows)
{
    private double[] _x = new double[4 * rows], _y = new double[4 * rows];
    private int[] _levels = new int[4 * rows];

    public long[] Regions { get; } = new long[rows];

    public int[] Classes { get; } = new int[rows];

    public double[] Areas { get; } = new double[rows];

    public double[] SlopeNorms { get; } = new double[rows];

    public ulong[] CodeHashes { get; } = new ulong[rows];

    public int Rows { get; private set; }

    public int Corners { get; private set; }

    // Regions with many corners fill a group before its rows do, so that its size is bounded too.
    public bool IsFull => Rows == rows || Corners >= 8 * rows;

    public ReadOnlyMemory<double> X => _x.AsMemory(0, Corners);

    public ReadOnlyMemory<double> Y => _y.AsMemory(0, Corners);

    public ReadOnlyMemory<int> Levels => _levels.AsMemory(0, Corners);

    public void Add(RegionView region)
    {
        Regions[Rows] = region.Index;
        Classes[Rows] = region.Class;
        Areas[Rows] = region.Area;
        SlopeNorms[Rows] = region.SlopeNorm;
        CodeHashes[Rows] = region.CodeHash;
        Rows++;
        Reserve(Corners + region.X.Length);
        region.X.CopyTo(_x.AsSpan(Corners));
        region.Y.CopyTo(_y.AsSpan(Corners));
        _levels.AsSpan(Corners, region.X.Length).Fill(1);
        _levels[Corners] = 0;
        Corners += region.X.Length;
    }

    public void Clear() => Rows = Corners = 0;

    private void Reserve(int corners)
    {
        if (corners <= _x.Length)
            return;
        int size = Math.Max(corners, 2 * _x.Length);
        Array.Resize(ref _x, size);
        Array.Resize(ref _y, size);
        Array.Resize(ref _levels, size);
    }
}
