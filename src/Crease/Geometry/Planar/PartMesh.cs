using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>The finished regions of one part with their vertices, as far as these do not lie on a seam to another part.</summary>
/// <remarks>A vertex is an orbit of half-edges around their common origin; it takes the coordinates that the first of them computed.</remarks>
internal sealed class PartMesh
{
    private const int Unknown = -1;
    private const int OnSeam = -2;

    public PartMesh(RegionBuffer buffer, Cell root)
    {
        Buffer = buffer;
        Chains = new int[root.Corners][];
        for (int i = 0; i < Chains.Length; i++)
            Chains[i] = Release(root.Polygon[i].Head);
        if (buffer.Origin.Length < buffer.HalfEdges)
            buffer.Origin = GC.AllocateUninitializedArray<int>(buffer.X.Length);
        if (buffer.Vertices.Length < buffer.HalfEdges)
            buffer.Vertices = GC.AllocateUninitializedArray<double>(buffer.X.Length);
        FindVertices();
    }

    public RegionBuffer Buffer { get; }

    /// <summary>Per edge of the part's cell its half-edges, in order.</summary>
    public int[][] Chains { get; }

    /// <summary>Per half-edge its vertex; negative when it lies on a seam.</summary>
    public int[] Origins => Buffer.Origin;

    /// <summary>Coordinates of the vertices. Shape [vertices, 2].</summary>
    public double[] Vertices => Buffer.Vertices;

    public int VertexCount { get; private set; }

    /// <summary>Half-edges whose vertex lies on a seam.</summary>
    public List<int> Seam { get; } = [];

    /// <summary>Number of half-edges without a twin.</summary>
    public int Unpaired { get; private set; }

    // Half-edges along the cell's border are not joined yet; their links lead along the edge.
    private int[] Release(int head)
    {
        var chain = new List<int>();
        for (int h = head; h >= 0; h = Buffer.Link[h])
            chain.Add(h);
        foreach (int h in chain)
            Buffer.Link[h] = -1;
        return [.. chain];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindVertices()
    {
        int halfEdges = Buffer.HalfEdges, count = 0;
        int[] origins = Origins, link = Buffer.Link, previous = Buffer.Previous, crease = Buffer.Crease;
        origins.AsSpan(0, halfEdges).Fill(Unknown);
        double[] vertices = Vertices;
        for (int h = 0; h < halfEdges; h++)
        {
            Unpaired += link[h] < 0 ? 1 : 0;
            if (origins[h] != Unknown)
                continue;
            origins[h] = count;
            bool seam = false;
            int around = h, edge;
            // Clockwise over the edge before, until the orbit closes or a border is met; then the other way from the start.
            do
            {
                edge = previous[around];
                around = link[edge];
                if (around >= 0)
                    origins[around] = count;
            }
            while (around >= 0 && around != h);
            if (around < 0)
            {
                seam = crease[edge] >= 0;
                for (edge = h; link[edge] >= 0; origins[edge] = count)
                    edge = Next(link[edge]);
                seam |= crease[edge] >= 0;
            }
            if (seam)
                MarkSeam(h);
            else
            {
                if (2 * count + 2 > vertices.Length)
                    vertices = GrowVertices(count);
                (vertices[2 * count], vertices[2 * count + 1]) = (Buffer.X[h], Buffer.Y[h]);
                count++;
            }
        }
        VertexCount = count;

        int Next(int halfEdge)
        {
            // What comes next is the first of its region where the one behind belongs to another.
            int next = halfEdge + 1;
            return next < halfEdges && previous[next] == halfEdge ? next : Buffer.First[Buffer.Face[halfEdge]];
        }

        void MarkSeam(int h)
        {
            for (int around = h; around >= 0; around = link[previous[around]])
                Mark(around);
            for (int edge = h; link[edge] >= 0;)
            {
                edge = Next(link[edge]);
                Mark(edge);
            }
        }

        void Mark(int h)
        {
            if (origins[h] != OnSeam)
                Seam.Add(h);
            origins[h] = OnSeam;
        }
    }

    private double[] GrowVertices(int count)
    {
        double[] grown = GC.AllocateUninitializedArray<double>(2 * Vertices.Length);
        Vertices.AsSpan(0, 2 * count).CopyTo(grown);
        return Buffer.Vertices = grown;
    }
}
