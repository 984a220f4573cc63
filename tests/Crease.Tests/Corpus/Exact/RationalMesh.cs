namespace Crease.Tests.Corpus;

/// <summary>Vertices and edges of polygons that tile a domain, counted as different exact points and different pairs of them.</summary>
public sealed class RationalMesh
{
    public RationalMesh(IReadOnlyList<RationalPoint[]> polygons, RationalPoint[] domain)
    {
        var vertices = new Dictionary<RationalPoint, int>();
        var sides = new Dictionary<(int, int), int>();
        foreach (RationalPoint[] polygon in polygons)
        {
            int[] numbers = [.. polygon.Select(Number)];
            for (int i = 0; i < numbers.Length; i++)
            {
                (int p, int q) = (numbers[i], numbers[(i + 1) % numbers.Length]);
                (int, int) side = (Math.Min(p, q), Math.Max(p, q));
                sides[side] = sides.GetValueOrDefault(side) + 1;
            }
        }
        (Vertices, Edges, Regions) = ([.. vertices.OrderBy(entry => entry.Value).Select(entry => entry.Key)], sides.Count, polygons.Count);
        // A side that one polygon has alone must lie on the border: else the tiling has a gap, an overlap or a T-shaped corner.
        foreach (((int p, int q), int count) in sides)
        {
            bool border = Enumerable.Range(0, domain.Length).Any(i => IsOn(Vertices[p], i) && IsOn(Vertices[q], i));
            if (count != (border ? 1 : 2))
                throw new InvalidOperationException($"The side from {Vertices[p]} to {Vertices[q]} belongs to {count} polygons; it is {(border ? "on" : "off")} the border.");
        }

        int Number(RationalPoint point)
        {
            if (!vertices.TryGetValue(point, out int number))
                vertices[point] = number = vertices.Count;
            return number;
        }

        bool IsOn(RationalPoint point, int side)
        {
            RationalPoint p = domain[side], q = domain[(side + 1) % domain.Length];
            return point.Value((p.Y * q.W - q.Y * p.W, q.X * p.W - p.X * q.W, p.X * q.Y - q.X * p.Y)).IsZero;
        }
    }

    public RationalPoint[] Vertices { get; }

    public int Edges { get; }

    public int Regions { get; }

    public int EulerCharacteristic => Vertices.Length - Edges + Regions;
}
