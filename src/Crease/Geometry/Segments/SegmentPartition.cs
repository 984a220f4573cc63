using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The linear regions of a network on a segment of input space: intervals between breakpoints, each with its affine map.</summary>
/// <remarks>
/// Built once, never changed; it does not depend on threads. Exactness: positions and maps are float64; which units change their piece, in
/// which order, and which coincide is decided by signs, the doubtful ones in exact arithmetic. A breakpoint that exact arithmetic found is
/// the nearest double, so that two breakpoints closer than that have the same position and a region of length 0 between them.
/// </remarks>
public sealed partial class SegmentPartition
{
    private readonly SegmentArrays _arrays;
    private readonly CreaseIndex _creases;

    internal SegmentPartition(Network network, Slice slice, int outputs, CreaseIndex creases, SegmentArrays arrays)
    {
        (Network, Slice, Outputs, _creases, _arrays) = (network, slice, outputs, creases, arrays);
        RegionsPerLayer = [.. creases.Layers.Select((_, layer) => arrays.NewFromLayer.Count(first => first <= layer))];
    }

    /// <summary>The network that was cut.</summary>
    public Network Network { get; }

    /// <summary>The one-dimensional slice that was cut; positions are its coordinate.</summary>
    public Slice Slice { get; }

    /// <summary>Number of outputs, those before a final softmax or sigmoid.</summary>
    public int Outputs { get; }

    /// <summary>The network's piecewise layers in topological order; creases and codes count layers so.</summary>
    public ImmutableArray<Node> Layers => _creases.Layers;

    /// <summary>Number of regions: intervals with different codes.</summary>
    public int RegionCount => _arrays.Ends.Length - 1;

    /// <summary>Number of breakpoints: one less than regions.</summary>
    public int BreakpointCount => Math.Max(0, RegionCount - 1);

    /// <summary>Where regions start and end, ascending: region r runs from entry r to entry r + 1. Shape [regions + 1].</summary>
    public ReadOnlySpan<double> Ends => _arrays.Ends;

    /// <summary>Positions at which at least one unit changes its piece, ascending; breakpoint b lies between regions b and b + 1. Shape [breakpoints].</summary>
    public ReadOnlySpan<double> Breakpoints => _arrays.Ends.AsSpan(1, BreakpointCount);

    /// <summary>First entry of each breakpoint in <see cref="Creases"/>, and the total at the end. Shape [breakpoints + 1].</summary>
    public ReadOnlySpan<int> FirstCreases => _arrays.FirstCreases;

    /// <summary>The creases that are crossed at each breakpoint, for <see cref="CreaseAt"/>: every unit whose piece differs on both sides, in the order of the network.</summary>
    public ReadOnlySpan<int> Creases => _arrays.Creases;

    /// <summary>Slopes of the outputs on each region, per unit of the slice coordinate t. Shape [regions, outputs].</summary>
    public ReadOnlySpan<double> Slopes => _arrays.Slopes;

    /// <summary>Constants of the outputs on each region: output o is <c>Slopes[r, o] · t + Offsets[r, o]</c>. Shape [regions, outputs].</summary>
    public ReadOnlySpan<double> Offsets => _arrays.Offsets;

    /// <summary>The largest output at each region's center, 0-based; for one output 1 where it is positive, else 0. Shape [regions].</summary>
    public ReadOnlySpan<int> Classes => _arrays.Classes;

    /// <summary>Euclidean norm of each region's slopes. Shape [regions].</summary>
    public ReadOnlySpan<double> SlopeNorms => _arrays.SlopeNorms;

    /// <summary>A 64-bit hash of each region's code; equal codes have equal hashes, the same as in a <see cref="Partition"/> of the network. Shape [regions].</summary>
    public ReadOnlySpan<ulong> CodeHashes => _arrays.CodeHashes;

    /// <summary>The first layer, 0-based, at which each region's code differs from that of the region before it; 0 for the first. Shape [regions].</summary>
    public ReadOnlySpan<ushort> NewFromLayer => _arrays.NewFromLayer;

    /// <summary>Regions after each piecewise layer, first to last; the last entry is the number of regions. Shape [layers].</summary>
    public ImmutableArray<int> RegionsPerLayer { get; }

    /// <summary>Number of affine maps after merging neighbors whose maps coincide within 1e-9 of their largest entry.</summary>
    public int DistinctAffineMaps => _arrays.DistinctAffineMaps;

    /// <summary>Where the class changes, or null when that was not asked for.</summary>
    public SegmentBoundary? Boundary => _arrays.Boundary;

    /// <summary>Whether all regions were found; otherwise those from the start of the segment up to the last of <see cref="Ends"/>.</summary>
    public Status Status => _arrays.Status;

    /// <summary>How the partition was obtained.</summary>
    public Exactness Exactness { get; } = Exactness.Exact;

    /// <summary>Number of decisions that float64 could not make and exact arithmetic did.</summary>
    public long ExactDecisions => _arrays.ExactDecisions;

    /// <summary>What the cut took.</summary>
    public Cost Cost => _arrays.Cost;

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["humayun2023splinecam", "balestriero2018spline", "hanin2019complexity"];

    /// <summary>Bytes that the flat arrays hold.</summary>
    public long Bytes => _arrays.Bytes;

    /// <summary>Length of the whole segment in units of the slice.</summary>
    public double Length => Slice.Domain[1] - Slice.Domain[0];

    /// <summary>What a crease is.</summary>
    /// <param name="crease">An entry of <see cref="Creases"/>.</param>
    public CreaseUnit CreaseAt(int crease) => _creases[crease];
}
