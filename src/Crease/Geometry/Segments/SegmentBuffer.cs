namespace Crease.Geometry;

/// <summary>The regions of one part while they are found, from left to right.</summary>
internal sealed class SegmentBuffer(double from, int outputs)
{
    public double From => from;

    public List<double> To { get; } = [];

    public List<double> Slopes { get; } = [];

    public List<double> Offsets { get; } = [];

    public List<double> SlopeNorms { get; } = [];

    public List<int> Classes { get; } = [];

    public List<ulong> Hashes { get; } = [];

    public List<ushort> NewFrom { get; } = [];

    /// <summary>Creases of all breakpoints, and where those of each one end.</summary>
    public List<int> Creases { get; } = [];

    public List<int> CreaseEnds { get; } = [];

    /// <summary>Where the class changes, and the class before and after.</summary>
    public List<double> Boundary { get; } = [];

    public List<int> BoundaryClasses { get; } = [];

    public int FirstClass { get; set; } = -1;

    public int LastClass { get; set; } = -1;

    public SegmentCode? FirstCode { get; set; }

    public SegmentCode? LastCode { get; set; }

    public bool IsComplete { get; set; }

    public int Regions => To.Count;

    public void Add(double to, ReadOnlySpan<double> slopes, ReadOnlySpan<double> offsets, double norm, ulong hash, int newFrom)
    {
        Classes.Add(ClassAt(0.5 * ((To.Count == 0 ? from : To[^1]) + to), slopes, offsets));
        To.Add(to);
        Slopes.AddRange(slopes);
        Offsets.AddRange(offsets);
        SlopeNorms.Add(norm);
        Hashes.Add(hash);
        NewFrom.Add(LayerOf(newFrom));
    }

    public void EndBreakpoint(List<int> creases)
    {
        Creases.AddRange(creases);
        CreaseEnds.Add(Creases.Count);
    }

    /// <summary>The class changes from the last one.</summary>
    public void AddBoundary(double at, int after)
    {
        Boundary.Add(at);
        BoundaryClasses.Add(LastClass);
        BoundaryClasses.Add(after);
        LastClass = after;
    }

    /// <summary>Appends the part to the right, whose creases at the common point are the differences of the codes on both sides.</summary>
    public void Append(SegmentBuffer next, FoldedNetwork folded)
    {
        if (next.Regions == 0)
            return;
        if (next.FirstClass != LastClass)
            AddBoundary(next.From, next.FirstClass);
        var crossed = new List<int>();
        LastCode!.Differences(next.FirstCode!, folded, crossed);
        EndBreakpoint(crossed);
        int regions = Regions, shift = Creases.Count;
        Creases.AddRange(next.Creases);
        foreach (int end in next.CreaseEnds)
            CreaseEnds.Add(end + shift);
        Boundary.AddRange(next.Boundary);
        BoundaryClasses.AddRange(next.BoundaryClasses);
        To.AddRange(next.To);
        Slopes.AddRange(next.Slopes);
        Offsets.AddRange(next.Offsets);
        Classes.AddRange(next.Classes);
        SlopeNorms.AddRange(next.SlopeNorms);
        Hashes.AddRange(next.Hashes);
        NewFrom.AddRange(next.NewFrom);
        NewFrom[regions] = LayerOf(folded.Creases[crossed[0]].Layer);
        (LastCode, LastClass) = (next.LastCode, next.LastClass);
    }

    private static ushort LayerOf(int layer) => (ushort)Math.Min(layer, ushort.MaxValue);

    // The largest output; for one output whether it is positive.
    private static int ClassAt(double t, ReadOnlySpan<double> slopes, ReadOnlySpan<double> offsets)
    {
        int best = 0;
        double top = double.NegativeInfinity;
        for (int o = 0; o < slopes.Length; o++)
        {
            double z = slopes[o] * t + offsets[o];
            if (z > top)
                (top, best) = (z, o);
        }
        return slopes.Length == 1 ? (top > 0 ? 1 : 0) : best;
    }

    /// <summary>Drops the regions beyond a count.</summary>
    public void Truncate(int regions)
    {
        if (Regions <= regions)
            return;
        foreach (List<double> list in new[] { To, SlopeNorms })
            list.RemoveRange(regions, list.Count - regions);
        foreach (List<double> list in new[] { Slopes, Offsets })
            list.RemoveRange(regions * outputs, list.Count - regions * outputs);
        Classes.RemoveRange(regions, Classes.Count - regions);
        Hashes.RemoveRange(regions, Hashes.Count - regions);
        NewFrom.RemoveRange(regions, NewFrom.Count - regions);
        CreaseEnds.RemoveRange(regions - 1, CreaseEnds.Count - regions + 1);
        Creases.RemoveRange(CreaseEnds.Count == 0 ? 0 : CreaseEnds[^1], Creases.Count - (CreaseEnds.Count == 0 ? 0 : CreaseEnds[^1]));
        int kept = Boundary.FindIndex(at => at >= To[^1]);
        if (kept < 0)
            return;
        Boundary.RemoveRange(kept, Boundary.Count - kept);
        BoundaryClasses.RemoveRange(2 * kept, BoundaryClasses.Count - 2 * kept);
    }
}
