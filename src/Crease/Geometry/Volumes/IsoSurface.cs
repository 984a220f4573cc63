using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The exact level set of one output of a network in a three-dimensional box, as a triangle mesh.</summary>
/// <remarks>
/// Inside a region the output is affine, so its level set there is one convex polygon. A vertex is where an edge of the region complex crosses the
/// level; it is shared because it is named by that edge, never because coordinates are close. Orientation: counter-clockwise seen from where the
/// output is larger. Where the output equals the level on a solid piece, the mesh is the border of the set below the level.
/// Source: analytic marching (<c>lei2020analytic</c>), edge subdivision (<c>berzins2023polyhedral</c>).
/// Exactness: which polygons, edges and vertices exist is decided by signs, the doubtful ones in exact arithmetic; coordinates are float64.
/// </remarks>
public sealed class IsoSurface
{
    private readonly SurfaceArrays _arrays;

    internal IsoSurface(Network network, Slice slice, SurfaceOptions options, SurfaceArrays arrays)
    {
        (Network, Slice, Output, Level, _arrays) = (network, slice, options.Output, options.Level, arrays);
        Area = arrays.Area();
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The slice whose domain the surface lies in.</summary>
    public Slice Slice { get; }

    /// <summary>The output, 0-based.</summary>
    public int Output { get; }

    /// <summary>The value of the output on the surface.</summary>
    public double Level { get; }

    /// <summary>Slice coordinates of the vertices. Shape [vertices, 3].</summary>
    public ReadOnlySpan<double> Vertices => _arrays.Vertices;

    /// <summary>Vertices of each triangle. Shape [triangles, 3].</summary>
    public ReadOnlySpan<int> Triangles => _arrays.Triangles;

    /// <summary>Number of vertices.</summary>
    public int VertexCount => _arrays.Vertices.Length / 3;

    /// <summary>Number of triangles.</summary>
    public int TriangleCount => _arrays.Triangles.Length / 3;

    /// <summary>Number of edges of the triangle mesh.</summary>
    public int EdgeCount => _arrays.Topology.Edges;

    /// <summary>Number of convex polygons before they were cut into triangles: the regions that the surface crosses.</summary>
    public int PolygonCount => _arrays.PolygonCount;

    /// <summary>Number of edges of a single triangle; all lie on the border of the domain.</summary>
    public int BoundaryEdgeCount => _arrays.Topology.BoundaryEdges;

    /// <summary>Number of edges with more than two triangles: there the level set touches itself.</summary>
    public int CrowdedEdgeCount => _arrays.Topology.CrowdedEdges;

    /// <summary>Whether every edge has exactly two triangles, which pass it in opposite directions, or one and lies on the border of the domain.</summary>
    public bool IsWatertight => _arrays.Topology is { OpenEdges: 0, CrowdedEdges: 0 };

    /// <summary>Whether the surface is watertight and does not meet the border of the domain.</summary>
    public bool IsClosed => IsWatertight && BoundaryEdgeCount == 0;

    /// <summary>V - E + F of the triangle mesh.</summary>
    public int EulerCharacteristic => VertexCount - EdgeCount + TriangleCount;

    /// <summary>Number of connected pieces.</summary>
    public int Components => _arrays.Topology.Components;

    /// <summary>Number of handles of all pieces together; null unless the surface is closed.</summary>
    public int? Genus => IsClosed ? Components - EulerCharacteristic / 2 : null;

    /// <summary>Area in squared units of the slice.</summary>
    public double Area { get; }

    /// <summary>Volume of the part of the domain where the output is below the level, in cubed units of the slice.</summary>
    /// <remarks>Summed over the polyhedra below, so it is independent of the triangles; for a closed surface around that part both agree.</remarks>
    public double EnclosedVolume => _arrays.Below;

    /// <summary>Whether the whole surface was found.</summary>
    public Status Status => _arrays.Status;

    /// <summary>How the surface was obtained.</summary>
    public Exactness Exactness { get; } = Exactness.Exact;

    /// <summary>Number of signs and points that float64 could not decide and exact arithmetic did.</summary>
    public long ExactDecisions => _arrays.ExactDecisions;

    /// <summary>Number of cells that were left out because the output provably has one sign there.</summary>
    public long DroppedCells => _arrays.DroppedCells;

    /// <summary>What the extraction took.</summary>
    public Cost Cost => _arrays.Cost;

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["lei2020analytic", "berzins2023polyhedral", "masden2022algorithmic", "zhang2018crown"];

    internal int OpenEdgeCount => _arrays.Topology.OpenEdges;
}
