using System.Collections.Immutable;
using Crease.Geometry;

namespace Crease.Measures;

/// <summary>Which regions of a slice are neighbors: a node per region, an edge per shared side.</summary>
/// <remarks>
/// Regions that only share a corner are no neighbors. Cost: one pass over the half-edges. Exactness: that of the partition.
/// </remarks>
public sealed class RegionGraph
{
    private RegionGraph(Partition partition, ImmutableArray<RegionEdge> edges) => (Partition, Edges) = (partition, edges);

    /// <summary>The regions.</summary>
    public Partition Partition { get; }

    /// <summary>Pairs of neighbors, in order of the first and then the second region; each pair once.</summary>
    public ImmutableArray<RegionEdge> Edges { get; }

    /// <summary>Neighbors of each region. Shape [regions].</summary>
    public int[] Degrees()
    {
        var degrees = new int[Partition.RegionCount];
        foreach (RegionEdge edge in Edges)
        {
            degrees[edge.First]++;
            degrees[edge.Second]++;
        }
        return degrees;
    }

    /// <summary>Finds the neighbors of all regions.</summary>
    /// <param name="partition">Complete or not; sides without a neighbor make no edge.</param>
    public static RegionGraph Of(Partition partition)
    {
        var owners = new int[partition.HalfEdgeCount];
        for (int region = 0; region < partition.RegionCount; region++)
            owners.AsSpan(partition.FirstHalfEdges[region]..partition.FirstHalfEdges[region + 1]).Fill(region);
        var edges = new List<RegionEdge>();
        var seen = new Dictionary<int, int>();
        for (int region = 0; region < partition.RegionCount; region++)
        {
            int from = edges.Count;
            seen.Clear();
            for (int h = partition.FirstHalfEdges[region]; h < partition.FirstHalfEdges[region + 1]; h++)
            {
                int other = partition.Twins[h] < 0 ? -1 : owners[partition.Twins[h]];
                if (other <= region || partition.Creases[h] < 0)
                    continue;
                double length = Length(partition, h, region);
                // A corner of a third region may lie on a shared side where rounding has left it no room of its own.
                if (seen.TryGetValue(other, out int known))
                    edges[known] = edges[known] with { Length = edges[known].Length + length };
                else
                    Add(new RegionEdge(region, other, partition.CreaseAt(partition.Creases[h]), length));
            }
            edges.Sort(from, edges.Count - from, Comparer<RegionEdge>.Create((a, b) => a.Second.CompareTo(b.Second)));
        }
        return new RegionGraph(partition, [.. edges]);

        void Add(RegionEdge edge)
        {
            seen[edge.Second] = edges.Count;
            edges.Add(edge);
        }
    }

    private static double Length(Partition partition, int halfEdge, int region)
    {
        int a = 2 * partition.Origins[halfEdge], b = 2 * partition.Origins[partition.Next(halfEdge, region)];
        return double.Hypot(partition.Vertices[b] - partition.Vertices[a], partition.Vertices[b + 1] - partition.Vertices[a + 1]);
    }
}
