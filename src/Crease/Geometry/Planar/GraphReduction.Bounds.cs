using System.Numerics.Tensors;

namespace Crease.Geometry;

/// <summary>Which units and windows of a stage are settled on the whole cell.</summary>
internal sealed partial class GraphReduction
{
    // A unit passes on nothing, a row of its stage's block (0 or more), or a tracked source.
    private const int Nothing = -1;

    private readonly WindowBounds _window = new();
    private readonly double[][] _planes = [[], [], [], [], [], []];
    private readonly double[] _plane = new double[6];
    private double[] _sizes = [];
    private int[] _pass = new int[folded.MostUnits], _before = new int[folded.MostUnits];

    // A tracked source as what a unit passes on, and back.
    private static int Tracked(int value) => -2 - value;

    // What the units of the stage before pass on is still asked for by a pooling right behind it.
    private void BeginUnits() => (_pass, _before) = (_before, _pass);

    private void BoundUnits(Cell cell, int t, byte[] code)
    {
        Stage stage = folded.Stages[t];
        BeginUnits();
        int sources = _sources;
        for (int unit = 0; unit < stage.Units; unit++)
        {
            ((double A, double B, double C) middle, (double A, double B, double C) radius) = Planes(unit, sources);
            double least = cell.Range(middle.A - radius.A, middle.B - radius.B, middle.C - radius.C).Least;
            double largest = cell.Range(middle.A + radius.A, middle.B + radius.B, middle.C + radius.C).Largest;
            if (least > _margins[t])
            {
                (code[unit], _pass[unit]) = (1, unit);
                _hash ^= stage.Keys[unit];
            }
            else if (largest < -_margins[t])
                (code[unit], _pass[unit]) = (0, Nothing);
            else
            {
                _pass[unit] = Tracked(_sources);
                _kept.Add(unit, 0, Form(unit));
                Track(middle, radius, least, largest);
            }
        }
        Flops += 12.0 * stage.Units * sources;
    }

    private void BoundWindows(Cell cell, int t, byte[][] codes, int[] winners)
    {
        Stage stage = folded.Stages[t];
        BeginUnits();
        int sources = _sources;
        (double x, double y) = cell.Center();
        ReadOnlySpan<CellCorner> polygon = cell.Polygon.AsSpan(0, cell.Corners);
        for (int w = 0; w < stage.Units; w++)
        {
            int[] rows = stage.Windows[w];
            _window.Clear();
            foreach (int row in rows)
            {
                UnitKind kind = stage.PoolsRelu is null || _before[row] < Nothing ? UnitKind.Open : _before[row] == Nothing ? UnitKind.Off : UnitKind.On;
                ((double A, double B, double C) middle, (double A, double B, double C) radius) = kind == UnitKind.Off ? default : Planes(row, sources);
                _window.Add(middle, radius, kind);
            }
            _window.Choose(x, y);
            int best = _window.Best;
            for (int i = 0; i < rows.Length; i++)
            {
                if (i != best && !_window.IsOff(i))
                    _window.SetDifference(i, Difference(rows[best], rows[i], sources));
            }
            int left = _window.Sift(polygon, 2 * _margins[t]);
            if (left == 1)
            {
                winners[w] = best;
                _hash ^= stage.WinnerKey(w, best);
                _pass[w] = _window.IsOff(best) ? Nothing : rows[best];
                continue;
            }
            _pass[w] = Tracked(_sources);
            _kept.AddWindow(w, left);
            for (int i = 0; i < rows.Length; i++)
            {
                if (_window.IsKept(i))
                    _kept.Add(rows[i], i, Form(rows[i]));
            }
            _window.Write(_plane);
            AddPlanes();
        }
        Flops += 12.0 * stage.Rows * sources;
    }

    private void Track((double A, double B, double C) middle, (double A, double B, double C) radius, double least, double largest)
    {
        BoundKernel.Relu(middle, radius, least, largest, _plane);
        AddPlanes();
    }

    private void AddPlanes()
    {
        for (int part = 0; part < 6; part++)
        {
            if (_planes[part].Length == _sources)
                Array.Resize(ref _planes[part], Math.Max(64, 2 * _sources));
            _planes[part][_sources] = _plane[part];
        }
        _sources++;
    }

    private ((double A, double B, double C) Middle, (double A, double B, double C) Radius) Planes(int row, int sources)
    {
        ReadOnlySpan<double> form = Form(row), own = form.Slice(Affine, sources);
        Span<double> sizes = Sizes(sources);
        TensorPrimitives.Abs(own, sizes);
        (double a, double b, double c) = Sum(own, 0);
        return ((form[0] + a, form[1] + b, form[2] + c), Sum(sizes, 3));
    }

    // The radius plane of the difference of two rows: what both depend on alike cancels.
    private (double A, double B, double C) Difference(int row, int other, int sources)
    {
        Span<double> sizes = Sizes(sources);
        TensorPrimitives.Subtract(Form(row).Slice(Affine, sources), Form(other).Slice(Affine, sources), sizes);
        TensorPrimitives.Abs(sizes, sizes);
        return Sum(sizes, 3);
    }

    private Span<double> Sizes(int sources)
    {
        if (_sizes.Length < sources)
            _sizes = new double[2 * sources];
        return _sizes.AsSpan(0, sources);
    }

    private (double A, double B, double C) Sum(ReadOnlySpan<double> factors, int part) =>
        (TensorPrimitives.Dot(factors, _planes[part].AsSpan(0, factors.Length)), TensorPrimitives.Dot(factors, _planes[part + 1].AsSpan(0, factors.Length)), TensorPrimitives.Dot(factors, _planes[part + 2].AsSpan(0, factors.Length)));
}
