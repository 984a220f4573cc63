using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Joins the polygons of a level set: corners with equal keys are one vertex, polygons become triangles.</summary>
internal static class SurfaceAssembly
{
    public static SurfaceArrays Assemble(List<SurfacePieces> parts, int maxRegions, Status status, long exactDecisions)
    {
        HashSet<UInt128> doubled = Doubled(parts);
        var vertices = new Dictionary<UInt128, int>();
        List<double> coordinates = [];
        List<byte> sides = [];
        List<int> triangles = [], polygon = [];
        int polygons = 0;
        foreach (SurfacePieces part in parts)
        {
            for (int p = 0, loop = 0; p < part.LoopLengths.Count && polygons < maxRegions; loop += part.LoopLengths[p++])
            {
                if (doubled.Contains(part.FaceKeys[p]))
                    continue;
                polygon.Clear();
                for (int i = 0; i < part.LoopLengths[p]; i++)
                {
                    int corner = part.Loops[loop + i];
                    if (!vertices.TryGetValue(part.CornerKeys[corner], out int vertex))
                    {
                        vertices.Add(part.CornerKeys[corner], vertex = vertices.Count);
                        coordinates.AddRange([part.Coordinates[3 * corner], part.Coordinates[3 * corner + 1], part.Coordinates[3 * corner + 2]]);
                        sides.Add(part.Sides[corner]);
                    }
                    polygon.Add(vertex);
                }
                Triangulate(polygon, coordinates, triangles);
                polygons++;
            }
        }
        var surface = new SurfaceArrays
        {
            Vertices = [.. coordinates],
            Triangles = [.. triangles],
            PolygonCount = polygons,
            Below = parts.Sum(part => part.Below),
            Status = status,
            ExactDecisions = exactDecisions,
            DroppedCells = parts.Sum(part => part.Dropped),
        };
        surface.Topology = SurfaceTopology.Of(surface.Triangles, [.. sides]);
        return surface;
    }

    // A face at the level with both its regions below separates nothing.
    private static HashSet<UInt128> Doubled(List<SurfacePieces> parts)
    {
        HashSet<UInt128> once = [], twice = [];
        foreach (UInt128 key in parts.SelectMany(part => part.FaceKeys))
        {
            if (key != 0 && !once.Add(key))
                twice.Add(key);
        }
        return twice;
    }

    // A fan from the corner whose smallest triangle is largest.
    private static void Triangulate(List<int> polygon, List<double> coordinates, List<int> triangles)
    {
        int count = polygon.Count, apex = 0;
        double best = -1;
        for (int a = 0; a < count && count > 3; a++)
        {
            double least = double.PositiveInfinity;
            for (int i = 1; i + 1 < count; i++)
                least = Math.Min(least, SurfaceArrays.DoubleArea(coordinates, polygon[a], polygon[(a + i) % count], polygon[(a + i + 1) % count]));
            if (least > best)
                (best, apex) = (least, a);
        }
        for (int i = 1; i + 1 < count; i++)
            triangles.AddRange([polygon[apex], polygon[(apex + i) % count], polygon[(apex + i + 1) % count]]);
    }
}
