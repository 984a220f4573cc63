using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Turns joined half-edges into the arrays of a partition: shared vertices, areas, equal maps.</summary>
internal static class MeshAssembly
{
    // Two maps are equal when they differ by no more than rounding, relative to their largest entry.
    private const double MapTolerance = 1e-9;

    public static PartitionArrays Assemble(RegionBuffer buffer, Slice slice, bool boundary, int mapLength, Status status, long exactDecisions)
    {
        int regions = buffer.Regions, halfEdges = buffer.HalfEdges;
        var first = new int[regions + 1];
        buffer.First.AsSpan(0, regions).CopyTo(first);
        first[regions] = halfEdges;
        int[] twins = buffer.Link[..halfEdges];
        int[] faces = Faces(first, halfEdges);
        (int[] origins, double[] vertices) = Vertices(buffer, first, faces, twins);
        var areas = new double[regions];
        for (int r = 0; r < regions; r++)
            areas[r] = Area(first[r], first[r + 1], origins, vertices);
        return new PartitionArrays
        {
            Vertices = vertices,
            FirstHalfEdges = first,
            Origins = origins,
            Twins = twins,
            Creases = buffer.Crease[..halfEdges],
            Areas = areas,
            Classes = buffer.Class[..regions],
            SlopeNorms = buffer.SlopeNorm[..regions],
            CodeHashes = buffer.Hash[..regions],
            NewFromLayer = buffer.NewFrom[..regions],
            EdgeCount = (halfEdges + twins.Count(twin => twin < 0)) / 2,
            DistinctAffineMaps = mapLength == 0 ? null : DistinctMaps(buffer.Maps, mapLength, faces, twins, regions),
            Boundary = boundary ? new DecisionBoundary(slice, buffer.Ends[..(4 * buffer.Segments)], buffer.SegmentRegion[..buffer.Segments], buffer.SegmentClasses[..(2 * buffer.Segments)]) : null,
            Status = status,
            ExactDecisions = exactDecisions,
        };
    }

    private static int[] Faces(int[] first, int halfEdges)
    {
        var faces = new int[halfEdges];
        for (int r = 0; r + 1 < first.Length; r++)
            faces.AsSpan(first[r], first[r + 1] - first[r]).Fill(r);
        return faces;
    }

    // A vertex is an orbit of half-edges around their common origin; it takes the coordinates that the first of them computed.
    private static (int[] Origins, double[] Vertices) Vertices(RegionBuffer buffer, int[] first, int[] faces, int[] twins)
    {
        var origins = new int[twins.Length];
        Array.Fill(origins, -1);
        var vertices = new double[2 * (twins.Length / 2 + 1)];
        int count = 0;
        for (int h = 0; h < twins.Length; h++)
        {
            if (origins[h] >= 0)
                continue;
            if (2 * count == vertices.Length)
                Array.Resize(ref vertices, 2 * vertices.Length);
            (vertices[2 * count], vertices[2 * count + 1]) = (buffer.X[h], buffer.Y[h]);
            int around = h;
            do
            {
                origins[around] = count;
                int face = faces[around];
                around = twins[around == first[face] ? first[face + 1] - 1 : around - 1];
            }
            while (around >= 0 && around != h);
            for (around = twins[h] >= 0 && around < 0 ? Next(twins[h]) : -1; around >= 0; around = twins[around] < 0 ? -1 : Next(twins[around]))
                origins[around] = count;
            count++;
        }
        Array.Resize(ref vertices, 2 * count);
        return (origins, vertices);

        int Next(int halfEdge) => halfEdge + 1 == first[faces[halfEdge] + 1] ? first[faces[halfEdge]] : halfEdge + 1;
    }

    private static double Area(int from, int to, int[] origins, double[] vertices)
    {
        double x0 = vertices[2 * origins[from]], y0 = vertices[2 * origins[from] + 1], twice = 0;
        for (int h = from + 1; h + 1 < to; h++)
        {
            double x = vertices[2 * origins[h]] - x0, y = vertices[2 * origins[h] + 1] - y0;
            twice += x * (vertices[2 * origins[h + 1] + 1] - y0) - y * (vertices[2 * origins[h + 1]] - x0);
        }
        // A sliver thinner than rounding may come out inside out; its area is then below what a double resolves.
        return Math.Max(twice / 2, 0);
    }

    private static int DistinctMaps(double[] maps, int length, int[] faces, int[] twins, int regions)
    {
        var leader = new int[regions];
        for (int r = 0; r < regions; r++)
            leader[r] = r;
        int distinct = regions;
        for (int h = 0; h < twins.Length; h++)
        {
            if (twins[h] < h)
                continue;
            int p = Find(faces[h]), q = Find(faces[twins[h]]);
            if (p == q || !AreEqual(maps.AsSpan(faces[h] * length, length), maps.AsSpan(faces[twins[h]] * length, length)))
                continue;
            leader[Math.Max(p, q)] = Math.Min(p, q);
            distinct--;
        }
        return distinct;

        int Find(int r)
        {
            while (leader[r] != r)
                r = leader[r] = leader[leader[r]];
            return r;
        }
    }

    private static bool AreEqual(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double scale = 0, difference = 0;
        for (int i = 0; i < p.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(p[i]));
            difference = Math.Max(difference, Math.Abs(p[i] - q[i]));
        }
        return difference <= MapTolerance * scale;
    }
}
