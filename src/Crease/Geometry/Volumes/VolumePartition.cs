using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The linear regions of a network in a three-dimensional box: a conforming complex of convex polyhedra.</summary>
/// <remarks>
/// Built once, never changed, in an order that does not depend on threads. Neighbors share vertices, edges and faces. Exactness: coordinates and
/// volumes are float64; which regions, faces, edges and vertices exist is decided by signs, the doubtful ones in exact arithmetic.
/// </remarks>
public sealed class VolumePartition
{
    private readonly VolumeArrays _arrays;
    private readonly VolumeNetwork _network;

    internal VolumePartition(VolumeNetwork network, Slice slice, VolumeArrays arrays, double domainVolume)
    {
        (_network, Slice, _arrays, DomainVolume) = (network, slice, arrays, domainVolume);
        RegionsPerLayer = [.. network.Layers.Select((_, layer) => arrays.NewFromLayer.Count(first => first <= layer))];
    }

    /// <summary>The network that was cut.</summary>
    public Network Network => _network.Network;

    /// <summary>The slice that was cut.</summary>
    public Slice Slice { get; }

    /// <summary>The network's piecewise layers in topological order; creases and codes count layers so.</summary>
    public ImmutableArray<Node> Layers => _network.Layers;

    /// <summary>Number of regions: cells with different codes.</summary>
    public int RegionCount => _arrays.Volumes.Length;

    /// <summary>Number of vertices.</summary>
    public int VertexCount => _arrays.Vertices.Length / 3;

    /// <summary>Number of edges.</summary>
    public int EdgeCount => _arrays.EdgeCount;

    /// <summary>Number of faces; one inside the domain is shared by two regions.</summary>
    public int FaceCount => _arrays.FaceCreases.Length;

    /// <summary>V - E + F - C; 1 for every complete partition.</summary>
    public int EulerCharacteristic => VertexCount - EdgeCount + FaceCount - RegionCount;

    /// <summary>Slice coordinates of the vertices. Shape [vertices, 3].</summary>
    public ReadOnlySpan<double> Vertices => _arrays.Vertices;

    /// <summary>Where the corners of each face begin, and the total at the end. Shape [faces + 1].</summary>
    public ReadOnlySpan<int> FirstCorners => _arrays.FirstCorners;

    /// <summary>Vertices around each face, counter-clockwise seen from outside its first region.</summary>
    public ReadOnlySpan<int> FaceCorners => _arrays.FaceCorners;

    /// <summary>The crease that each face lies on, for <see cref="CreaseAt"/>; -1 to -6 for the domain's sides (x low, x high, y low, ...). Shape [faces].</summary>
    /// <remarks>Where several units fold along the same plane, the one that comes first in the network is named.</remarks>
    public ReadOnlySpan<int> FaceCreases => _arrays.FaceCreases;

    /// <summary>The two regions of each face; the second is -1 on the border of the domain. Shape [faces, 2].</summary>
    public ReadOnlySpan<int> FaceRegions => _arrays.FaceRegions;

    /// <summary>Where the faces of each region begin, and the total at the end. Shape [regions + 1].</summary>
    public ReadOnlySpan<int> FirstFaces => _arrays.FirstFaces;

    /// <summary>The faces of each region.</summary>
    public ReadOnlySpan<int> RegionFaces => _arrays.RegionFaces;

    /// <summary>Volume of each region in cubed units of the slice. Shape [regions].</summary>
    public ReadOnlySpan<double> Volumes => _arrays.Volumes;

    /// <summary>The largest output at each region's center, 0-based; for one output 1 where it is positive, else 0. Shape [regions].</summary>
    public ReadOnlySpan<int> Classes => _arrays.Classes;

    /// <summary>Frobenius norm of each region's slope matrix on the slice, [outputs, 3]. Shape [regions].</summary>
    public ReadOnlySpan<double> SlopeNorms => _arrays.SlopeNorms;

    /// <summary>A 64-bit hash of each region's code; equal codes have equal hashes. Shape [regions].</summary>
    public ReadOnlySpan<ulong> CodeHashes => _arrays.CodeHashes;

    /// <summary>Regions after each piecewise layer, first to last; the last entry is the number of regions. Shape [layers].</summary>
    public ImmutableArray<int> RegionsPerLayer { get; }

    /// <summary>Volume of the slice's domain.</summary>
    public double DomainVolume { get; }

    /// <summary>Sum of the volumes of all regions.</summary>
    public double TotalVolume
    {
        get
        {
            double sum = 0, carry = 0;
            foreach (double volume in Volumes)
            {
                double y = volume - carry, t = sum + y;
                (carry, sum) = (t - sum - y, t);
            }
            return sum;
        }
    }

    /// <summary>Whether all regions were found.</summary>
    public Status Status => _arrays.Status;

    /// <summary>How the partition was obtained.</summary>
    public Exactness Exactness { get; } = Exactness.Exact;

    /// <summary>Number of signs and points that float64 could not decide and exact arithmetic did.</summary>
    public long ExactDecisions => _arrays.ExactDecisions;

    /// <summary>What the cut took.</summary>
    public Cost Cost => _arrays.Cost;

    /// <summary>Bytes that the flat arrays of this partition hold.</summary>
    public long Bytes => _arrays.Bytes;

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["balestriero2018spline", "humayun2023splinecam", "berzins2023polyhedral", "masden2022algorithmic"];

    /// <summary>What a face's crease is.</summary>
    /// <param name="crease">A non-negative entry of <see cref="FaceCreases"/>.</param>
    public CreaseUnit CreaseAt(int crease) => _network.Creases[crease];

    /// <summary>The mean of a region's corners: a point inside it.</summary>
    /// <param name="region">0-based region.</param>
    /// <returns>Slice coordinates. Shape [3].</returns>
    public double[] Center(int region)
    {
        int[] corners = Corners(region);
        var center = new double[3];
        for (int i = 0; i < 3 * corners.Length; i++)
            center[i % 3] += Vertices[3 * corners[i / 3] + i % 3] / corners.Length;
        return center;
    }

    /// <summary>The vertices of a region, ascending.</summary>
    /// <param name="region">0-based region.</param>
    public int[] Corners(int region)
    {
        var corners = new SortedSet<int>();
        foreach (int face in RegionFaces[FirstFaces[region]..FirstFaces[region + 1]])
        {
            foreach (int corner in FaceCorners[FirstCorners[face]..FirstCorners[face + 1]])
                corners.Add(corner);
        }
        return [.. corners];
    }

    /// <summary>The activation pattern of a region.</summary>
    /// <remarks>Cost: one forward pass at the region's center. Exactness: float64; a region thinner than rounding may take a neighbor's code.</remarks>
    /// <param name="region">0-based region.</param>
    public Code Code(int region) => new Linearization(Network, Slice.Decode(Center(region))).Code();

    /// <summary>The affine map A x + b of a region, on the whole input space.</summary>
    /// <remarks>Cost: one backward pass per output. Exactness: as <see cref="Code"/>.</remarks>
    /// <param name="region">0-based region.</param>
    /// <returns>Slopes of shape [outputs, inputs], offsets of shape [outputs].</returns>
    public AffineMap Map(int region) => new Linearization(Network, Slice.Decode(Center(region))).Map();
}
