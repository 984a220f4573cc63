namespace Crease.Geometry;

/// <summary>What can be counted on a triangle mesh without looking at coordinates.</summary>
/// <param name="Vertices">Number of vertices.</param>
/// <param name="Edges">Number of edges.</param>
/// <param name="Triangles">Number of triangles.</param>
/// <param name="BoundaryEdges">Edges of one triangle that lie on a side of the domain.</param>
/// <param name="OpenEdges">Other edges that are not passed equally often in both directions: holes, or wrong orientation.</param>
/// <param name="CrowdedEdges">Edges of more than two triangles: the level set crosses itself there.</param>
/// <param name="Components">Number of connected pieces.</param>
internal sealed record SurfaceTopology(int Vertices, int Edges, int Triangles, int BoundaryEdges, int OpenEdges, int CrowdedEdges, int Components)
{
    /// <summary>Counts.</summary>
    /// <param name="triangles">Shape [triangles, 3].</param>
    /// <param name="sides">Per vertex one bit for each side of the domain that it lies on.</param>
    public static SurfaceTopology Of(int[] triangles, byte[] sides)
    {
        var edges = new Dictionary<(int, int), (int Forward, int Backward)>(triangles.Length / 2);
        var parents = new int[sides.Length];
        for (int v = 0; v < parents.Length; v++)
            parents[v] = v;
        int components = parents.Length;
        for (int i = 0; i < triangles.Length; i++)
        {
            int from = triangles[i], to = triangles[i % 3 == 2 ? i - 2 : i + 1];
            (int, int) key = (Math.Min(from, to), Math.Max(from, to));
            (int forward, int backward) = edges.GetValueOrDefault(key);
            edges[key] = from < to ? (forward + 1, backward) : (forward, backward + 1);
            int a = Root(parents, from), b = Root(parents, to);
            if (a == b)
                continue;
            parents[Math.Max(a, b)] = Math.Min(a, b);
            components--;
        }
        int border = 0, open = 0, crowded = 0;
        foreach (((int a, int b), (int forward, int backward)) in edges)
        {
            bool onBorder = (sides[a] & sides[b]) != 0;
            if (forward + backward > 2)
                crowded++;
            if (forward == backward)
                continue;
            if (onBorder)
                border++;
            else
                open++;
        }
        return new SurfaceTopology(sides.Length, edges.Count, triangles.Length / 3, border, open, crowded, components);
    }

    private static int Root(int[] parents, int vertex)
    {
        while (parents[vertex] != vertex)
            vertex = parents[vertex] = parents[parents[vertex]];
        return vertex;
    }
}
