namespace Crease.Geometry;

/// <summary>Reducing pooling stages: a window with one candidate left passes on that row, the others stay open.</summary>
internal sealed partial class Reduction
{
    private readonly WindowBounds _window = new();
    private readonly List<LocalWindow> _windows = [];
    private readonly int[] _windowAt = new int[folded.Stages.Length + 1];
    private readonly List<int> _tracked = [];
    private readonly long[] _openAt = new long[folded.HasWindows ? folded.MostUnits : 0];
    private long _mark;

    // Units of the cell's own stage that are open: a pooling may be next.
    private void BeginWindows(Cell cell, LocalNetwork net)
    {
        _windows.Clear();
        _tracked.Clear();
        if (!folded.HasWindows)
            return;
        _mark += folded.Stages.Length;
        for (int i = 0; i < cell.Items; i++)
            MarkOpen(cell.Stage, net.UnitOf(cell.Stage, cell.Item[i]));
    }

    private void MarkOpen(int stage, int unit)
    {
        if (folded.HasWindows)
            _openAt[unit] = _mark + stage;
    }

    private UnitKind KindOf(int? relu, int unit, byte[][] codes) =>
        relu is not int stage || _openAt[unit] == _mark + stage ? UnitKind.Open : codes[stage][unit] == 0 ? UnitKind.Off : UnitKind.On;

    private int BoundWindows(Cell cell, LocalNetwork net, int t, int at, int count, (byte[][] Codes, int[] Winners) state, ref int kept, ref ulong hash)
    {
        Stage stage = folded.Stages[t];
        ReadOnlySpan<CellCorner> polygon = cell.Polygon.AsSpan(0, cell.Corners);
        BoundKernel.Planes(new Rows(_affine, at, _stride), count, _columns, at, _stride, _planes, _sources, polygon, _bounds, _stride);
        Flops += 12.0 * count * _sources;
        _off.Clear();
        _tracked.Clear();
        (double x, double y) = cell.Center();
        int on = 0, stageRows = kept, plane = 6 * _sources;
        for (int k = 0; k < net.WindowCount(t); k++)
        {
            LocalWindow window = net.Window(t, k);
            int first = net.Start[t] + window.First;
            _window.Clear();
            for (int i = 0; i < window.Count; i++)
                _window.Add(Plane(0, window.First + i), Plane(3, window.First + i), KindOf(stage.PoolsRelu, net.Units[first + i], state.Codes));
            _window.Choose(x, y);
            int best = _window.Best;
            for (int i = 0; i < window.Count; i++)
            {
                if (i != best && !_window.IsOff(i))
                    _window.SetDifference(i, Difference(at + window.First + best, at + window.First + i));
            }
            int left = _window.Sift(polygon, 2 * _margins[t]);
            if (left == 1)
            {
                int position = net.Positions[first + best];
                state.Winners[window.Number] = position;
                hash ^= stage.WinnerKey(window.Number, position);
                (_onRows[on], _on.Units[on]) = (window.First + best, k);
                on++;
                continue;
            }
            _windows.Add(new LocalWindow(window.Number, kept - stageRows, left));
            _tracked.Add(k);
            _window.Write(_planes.AsSpan(plane, 6));
            plane += 6;
            for (int i = 0; i < window.Count; i++)
            {
                if (_window.IsKept(i))
                    _kept[kept++] = at + window.First + i;
            }
        }
        return on;
    }

    private (double A, double B, double C) Plane(int part, int row) =>
        (_bounds[part * _stride + row], _bounds[(part + 1) * _stride + row], _bounds[(part + 2) * _stride + row]);

    // The radius plane of the difference of two rows: what both depend on alike cancels.
    private (double A, double B, double C) Difference(int row, int other)
    {
        double a = 0, b = 0, c = 0;
        for (int j = 0, column = 0; j < _sources; j++, column += _stride)
        {
            double size = Math.Abs(_columns[column + row] - _columns[column + other]);
            (a, b, c) = (a + size * _planes[6 * j + 3], b + size * _planes[6 * j + 4], c + size * _planes[6 * j + 5]);
        }
        return (a, b, c);
    }

    // Their planes were written when they were bounded.
    private void TrackWindows(LocalNetwork net, int t, int from)
    {
        foreach (int k in _tracked)
            CopyColumn(net, t, k, _sources++, net.Start[t + 1] - from, net.Rows - from);
    }

    private void CopyWindows(LocalNetwork net, LocalNetwork into, int from, int kept)
    {
        if (!folded.HasWindows)
            return;
        Reserve(ref into.Positions, kept);
        for (int r = 0; r < kept; r++)
            into.Positions[r] = net.Positions[from + _kept[r]];
        Reserve(ref into.Windows, _windows.Count);
        _windows.CopyTo(into.Windows);
        int stages = folded.Stages.Length;
        for (int t = 0; t <= stages; t++)
            into.WindowAt[t] = t <= into.First ? 0 : t == stages ? _windows.Count : _windowAt[t];
    }
}
