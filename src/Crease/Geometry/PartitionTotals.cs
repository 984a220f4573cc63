using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>What the regions of a stream come to.</summary>
/// <param name="Regions">Number of regions passed on.</param>
/// <param name="Area">Sum of their areas, in squared units of the slice.</param>
/// <param name="DomainArea">Area of the slice's domain.</param>
/// <param name="Status">Whether these are all regions.</param>
/// <param name="Cost">What the stream took, the work of its visitor included.</param>
public sealed record PartitionTotals(long Regions, double Area, double DomainArea, Status Status, Cost Cost)
{
    /// <summary>How the regions were obtained.</summary>
    public Exactness Exactness { get; init; } = Exactness.Exact;

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["humayun2023splinecam", "balestriero2018spline", "berzins2023polyhedral"];
}
