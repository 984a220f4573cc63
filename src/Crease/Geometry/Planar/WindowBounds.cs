namespace Crease.Geometry;

/// <summary>Which candidates of a pooling window may be the largest somewhere on a cell, given planes that they lie between.</summary>
/// <remarks>
/// The best candidate is the one whose middle plane is highest at the cell's center. Another one is out when the planes of its difference
/// from the best are below zero at all corners. Behind a ReLU a unit that is off passes on zero: it is below every unit that is on, raises
/// no maximum, and of several the first stands for all, since ties go to the first.
/// </remarks>
internal sealed class WindowBounds
{
    private Candidate[] _candidates = new Candidate[16];
    private int _count;
    private double _shift;

    /// <summary>The best candidate.</summary>
    public int Best { get; private set; }

    public bool IsKept(int candidate) => _candidates[candidate].IsKept;

    /// <summary>Whether a candidate is a unit that is off.</summary>
    public bool IsOff(int candidate) => _candidates[candidate].Kind == UnitKind.Off;

    public void Clear() => _count = 0;

    /// <summary>Adds a candidate.</summary>
    /// <param name="middle">Its middle plane.</param>
    /// <param name="radius">Its radius plane.</param>
    /// <param name="kind">What the unit of a ReLU before the pooling is; open where there is none.</param>
    public void Add((double A, double B, double C) middle, (double A, double B, double C) radius, UnitKind kind)
    {
        if (_count == _candidates.Length)
            Array.Resize(ref _candidates, 2 * _count);
        _candidates[_count++] = new Candidate { Middle = middle, Radius = radius, Kind = kind };
    }

    /// <summary>Chooses the best candidate.</summary>
    /// <param name="x">Center of the cell.</param>
    /// <param name="y">Likewise.</param>
    public void Choose(double x, double y)
    {
        double top = double.NegativeInfinity;
        Best = 0;
        for (int i = 0; i < _count; i++)
        {
            (double a, double b, double c) = _candidates[i].Middle;
            double z = a * x + b * y + c;
            if (_candidates[i].Kind != UnitKind.Off && z > top)
                (top, Best) = (z, i);
        }
    }

    /// <summary>Takes the radius plane of a candidate's difference from the best.</summary>
    public void SetDifference(int candidate, (double A, double B, double C) radius) => _candidates[candidate].Difference = radius;

    /// <summary>Finds the candidates that are kept.</summary>
    /// <param name="polygon">The cell's corners.</param>
    /// <param name="margin">A difference is trusted when its bound exceeds this.</param>
    /// <returns>How many there are; the best is always among them.</returns>
    public int Sift(ReadOnlySpan<CellCorner> polygon, double margin)
    {
        ref Candidate best = ref _candidates[Best];
        bool isZeroOut = best.Kind != UnitKind.Open;
        int kept = 0;
        _shift = 0;
        for (int i = 0; i < _count; i++)
        {
            ref Candidate other = ref _candidates[i];
            if (i == Best)
                other.IsKept = true;
            else if (other.Kind == UnitKind.Off)
                (other.IsKept, isZeroOut) = (!isZeroOut, true);
            else
            {
                double largest = Largest(best, other, polygon);
                other.IsKept = !(largest < -margin);
                _shift = other.IsKept ? Math.Max(_shift, largest) : _shift;
            }
            kept += other.IsKept ? 1 : 0;
        }
        return kept;
    }

    /// <summary>Planes of the largest candidate: above the best by what others exceed it.</summary>
    /// <param name="planes">Six numbers, overwritten: middle and radius.</param>
    public void Write(Span<double> planes)
    {
        ref readonly Candidate best = ref _candidates[Best];
        (planes[0], planes[1], planes[2]) = (best.Middle.A, best.Middle.B, best.Middle.C + 0.5 * _shift);
        (planes[3], planes[4], planes[5]) = (best.Radius.A, best.Radius.B, best.Radius.C + 0.5 * _shift);
    }

    // The largest value of the upper plane of a candidate's difference from the best.
    private static double Largest(in Candidate best, in Candidate other, ReadOnlySpan<CellCorner> polygon)
    {
        double a = other.Middle.A - best.Middle.A + other.Difference.A, b = other.Middle.B - best.Middle.B + other.Difference.B, c = other.Middle.C - best.Middle.C + other.Difference.C;
        double largest = double.NegativeInfinity;
        foreach (ref readonly CellCorner corner in polygon)
            largest = Math.Max(largest, a * corner.X + b * corner.Y + c);
        return largest;
    }

    private struct Candidate
    {
        public (double A, double B, double C) Middle, Radius, Difference;
        public UnitKind Kind;
        public bool IsKept;
    }
}

/// <summary>What a unit of a ReLU is on a cell.</summary>
internal enum UnitKind
{
    Open,
    Off,
    On,
}
