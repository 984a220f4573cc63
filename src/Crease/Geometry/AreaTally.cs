using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Counts streamed regions, sums their areas with compensation, and reports both as progress.</summary>
internal sealed class AreaTally(double domain, RunContext run)
{
    // A report takes less than a microsecond, a region of a small network about ten.
    private const int RegionsPerReport = 64;

    private double _carry;

    public long Regions { get; private set; }

    public double Area { get; private set; }

    public void Add(double area)
    {
        double y = area - _carry, sum = Area + y;
        (_carry, Area) = (sum - Area - y, sum);
        if (++Regions % RegionsPerReport == 0)
            Report();
    }

    public void Report() => run.Progress?.Report(new Progress(Math.Min(Area / domain, 1), Regions));
}
