namespace Crease.Geometry;

/// <summary>The regions of one part while they are found, from left to right.</summary>
internal sealed class SegmentBuffer
{
    public double From { get; set; }

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

    public void Add(double to, ReadOnlySpan<double> slopes, ReadOnlySpan<double> offsets, int winner, double norm, ulong hash, int newFrom)
    {
        To.Add(to);
        Slopes.AddRange(slopes);
        Offsets.AddRange(offsets);
        Classes.Add(winner);
        SlopeNorms.Add(norm);
        Hashes.Add(hash);
        NewFrom.Add((ushort)Math.Min(newFrom, ushort.MaxValue));
    }

    public void EndBreakpoint() => CreaseEnds.Add(Creases.Count);

    public void AddBoundary(double at, int before, int after)
    {
        Boundary.Add(at);
        BoundaryClasses.Add(before);
        BoundaryClasses.Add(after);
    }

    /// <summary>Appends the part to the right, whose creases at the common point are the differences of the codes on both sides.</summary>
    public void Append(SegmentBuffer next, FoldedNetwork folded)
    {
        if (next.Regions == 0)
            return;
        int known = Creases.Count;
        LastCode!.Differences(next.FirstCode!, folded, Creases);
        EndBreakpoint();
        int shift = Creases.Count;
        Creases.AddRange(next.Creases);
        foreach (int end in next.CreaseEnds)
            CreaseEnds.Add(end + shift);
        if (next.FirstClass != LastClass)
            AddBoundary(next.From, LastClass, next.FirstClass);
        Boundary.AddRange(next.Boundary);
        BoundaryClasses.AddRange(next.BoundaryClasses);
        int regions = Regions;
        To.AddRange(next.To);
        Slopes.AddRange(next.Slopes);
        Offsets.AddRange(next.Offsets);
        Classes.AddRange(next.Classes);
        SlopeNorms.AddRange(next.SlopeNorms);
        Hashes.AddRange(next.Hashes);
        NewFrom.AddRange(next.NewFrom);
        NewFrom[regions] = (ushort)Math.Min(folded.Creases[Creases[known]].Layer, ushort.MaxValue);
        (LastCode, LastClass) = (next.LastCode, next.LastClass);
    }

    /// <summary>Drops the regions beyond a count.</summary>
    public void Truncate(int regions, int outputs)
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
