using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The linear regions of a network on a two-dimensional slice: a conforming mesh of convex polygons.</summary>
/// <remarks>
/// Built once, never changed, in an order that does not depend on threads. The half-edges of a region are contiguous and
/// counter-clockwise (y up), so the next one is implicit. Exactness: vertices and areas are float64; which regions exist and
/// which share an edge is decided by signs, the doubtful ones in exact arithmetic.
/// </remarks>
public sealed partial class Partition
{
    private readonly PartitionArrays _arrays;
    private readonly CreaseIndex _creases;

    internal Partition(Network network, Slice slice, CreaseIndex creases, PartitionArrays arrays)
    {
        (Network, Slice, _creases, _arrays) = (network, slice, creases, arrays);
        RegionsPerLayer = UpToLayer(arrays.NewFromLayer, creases.Layers.Length);
    }

    // A region is new in the layer at which its code first differs from that of the region before it.
    private static ImmutableArray<int> UpToLayer(ushort[] newFrom, int layers)
    {
        var counts = new int[layers];
        foreach (ushort first in newFrom)
        {
            if (first < layers)
                counts[first]++;
        }
        for (int layer = 1; layer < layers; layer++)
            counts[layer] += counts[layer - 1];
        return [.. counts];
    }

    /// <summary>The network that was cut.</summary>
    public Network Network { get; }

    /// <summary>The slice that was cut.</summary>
    public Slice Slice { get; }

    /// <summary>The network's piecewise layers in topological order; creases and codes count layers so.</summary>
    public ImmutableArray<Node> Layers => _creases.Layers;

    /// <summary>Number of regions: cells with different codes.</summary>
    public int RegionCount => _arrays.FirstHalfEdges.Length - 1;

    /// <summary>Number of vertices.</summary>
    public int VertexCount => _arrays.Vertices.Length / 2;

    /// <summary>Number of half-edges: the sides of all regions.</summary>
    public int HalfEdgeCount => _arrays.Origins.Length;

    /// <summary>Number of edges; an edge inside the domain has two half-edges, one on its border has one.</summary>
    public int EdgeCount => _arrays.EdgeCount;

    /// <summary>V - E + F with the regions as faces; 1 for every complete partition.</summary>
    public int EulerCharacteristic => VertexCount - EdgeCount + RegionCount;

    /// <summary>Slice coordinates of the vertices. Shape [vertices, 2].</summary>
    public ReadOnlySpan<double> Vertices => _arrays.Vertices.Span;

    /// <summary>First half-edge of each region, and the total at the end. Shape [regions + 1].</summary>
    public ReadOnlySpan<int> FirstHalfEdges => _arrays.FirstHalfEdges;

    /// <summary>The vertex at which each half-edge starts. Shape [half-edges].</summary>
    public ReadOnlySpan<int> Origins => _arrays.Origins;

    /// <summary>The half-edge of the neighbor that runs the other way, or -1 on the border of the domain. Shape [half-edges].</summary>
    public ReadOnlySpan<int> Twins => _arrays.Twins;

    /// <summary>The crease that each half-edge lies on, for <see cref="CreaseAt"/>; negative on the border of the domain. Shape [half-edges].</summary>
    /// <remarks>Where several units fold along the same line, the one that came first in the network is named.</remarks>
    public ReadOnlySpan<int> Creases => _arrays.Creases;

    /// <summary>Area of each region in squared units of the slice. Shape [regions].</summary>
    public ReadOnlySpan<double> Areas => _arrays.Areas;

    /// <summary>The largest output at each region's center, 0-based; for one output 1 where it is positive, else 0. Shape [regions].</summary>
    public ReadOnlySpan<int> Classes => _arrays.Classes;

    /// <summary>Frobenius norm of each region's slope matrix on the slice, [outputs, 2]. Shape [regions].</summary>
    public ReadOnlySpan<double> SlopeNorms => _arrays.SlopeNorms;

    /// <summary>A 64-bit hash of each region's code; equal codes have equal hashes. Shape [regions].</summary>
    public ReadOnlySpan<ulong> CodeHashes => _arrays.CodeHashes;

    /// <summary>Regions after each piecewise layer, first to last; the last entry is the number of regions. Shape [layers].</summary>
    public ImmutableArray<int> RegionsPerLayer { get; }

    /// <summary>Number of different affine maps after merging neighbors whose maps coincide, or null when the memory budget did not allow to compare.</summary>
    public int? DistinctAffineMaps => _arrays.DistinctAffineMaps;

    /// <summary>The decision boundary, or null when none was asked for.</summary>
    public DecisionBoundary? Boundary => _arrays.Boundary;

    /// <summary>Whether all regions were found.</summary>
    public Status Status => _arrays.Status;

    /// <summary>How the partition was obtained: certified when that was asked for and every combinatorial decision was proved.</summary>
    public Exactness Exactness { get; internal init; } = Exactness.Exact;

    /// <summary>Number of signs that float64 could not decide and exact arithmetic did.</summary>
    public long ExactDecisions => _arrays.ExactDecisions;

    /// <summary>The largest bound on the rounding of a unit's value that a sign was compared with; proved when <see cref="Exactness"/> is certified.</summary>
    public double RoundingBound => _arrays.RoundingBound;

    /// <summary>What the cut took.</summary>
    public Cost Cost => _arrays.Cost;

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["humayun2023splinecam", "balestriero2018spline", "berzins2023polyhedral"];

    /// <summary>Bytes that the flat arrays of this partition hold.</summary>
    public long Bytes => _arrays.Bytes;

    /// <summary>Area of the slice's domain.</summary>
    public double DomainArea => Polygons.Area(Slice.Domain);

    /// <summary>Sum of the areas of all regions.</summary>
    public double TotalArea
    {
        get
        {
            double sum = 0, carry = 0;
            foreach (double area in Areas)
            {
                double y = area - carry, t = sum + y;
                (carry, sum) = (t - sum - y, t);
            }
            return sum;
        }
    }

    /// <summary>What a half-edge's crease is.</summary>
    /// <param name="crease">A non-negative entry of <see cref="Creases"/>.</param>
    public CreaseUnit CreaseAt(int crease) => _creases[crease];

    /// <summary>The half-edge that follows around the same region.</summary>
    /// <param name="halfEdge">0-based half-edge.</param>
    /// <param name="region">The region it belongs to.</param>
    public int Next(int halfEdge, int region) => halfEdge + 1 == FirstHalfEdges[region + 1] ? FirstHalfEdges[region] : halfEdge + 1;

    /// <summary>The region that a half-edge belongs to.</summary>
    /// <remarks>Cost: a binary search over regions.</remarks>
    /// <param name="halfEdge">0-based half-edge.</param>
    public int RegionOf(int halfEdge)
    {
        int found = FirstHalfEdges.BinarySearch(halfEdge);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The polygon of a region, counter-clockwise.</summary>
    /// <param name="region">0-based region.</param>
    /// <returns>Shape [vertices, 2], slice coordinates.</returns>
    public double[] Polygon(int region)
    {
        ReadOnlySpan<int> corners = Origins[FirstHalfEdges[region]..FirstHalfEdges[region + 1]];
        var polygon = new double[2 * corners.Length];
        for (int i = 0; i < corners.Length; i++)
            (polygon[2 * i], polygon[2 * i + 1]) = (Vertices[2 * corners[i]], Vertices[2 * corners[i] + 1]);
        return polygon;
    }

    /// <summary>The last layer that folded along one of the region's edges, 1-based; 0 if only the domain's border bounds it.</summary>
    /// <param name="region">0-based region.</param>
    public int Depth(int region)
    {
        int depth = 0;
        for (int h = FirstHalfEdges[region]; h < FirstHalfEdges[region + 1]; h++)
        {
            if (Creases[h] >= 0)
                depth = Math.Max(depth, _creases[Creases[h]].Layer + 1);
        }
        return depth;
    }

    /// <summary>The region of an earlier layer's partition that contains each region.</summary>
    /// <param name="layer">0-based piecewise layer.</param>
    /// <returns>Shape [regions]: 0-based index among that layer's regions.</returns>
    public int[] Parents(int layer)
    {
        var parents = new int[RegionCount];
        for (int r = 0, parent = -1; r < parents.Length; r++)
            parents[r] = _arrays.NewFromLayer[r] <= layer ? ++parent : parent;
        return parents;
    }
}
