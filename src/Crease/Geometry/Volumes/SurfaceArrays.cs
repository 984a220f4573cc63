using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The flat arrays of a level set; owned by it.</summary>
internal sealed class SurfaceArrays
{
    public required double[] Vertices { get; init; }

    public required int[] Triangles { get; init; }

    public required int PolygonCount { get; init; }

    public required double Below { get; init; }

    public SurfaceTopology Topology { get; set; } = null!;

    public Status Status { get; init; }

    public long ExactDecisions { get; init; }

    public long DroppedCells { get; init; }

    public Cost Cost { get; set; }

    public double Area()
    {
        double sum = 0;
        for (int i = 0; i < Triangles.Length; i += 3)
            sum += DoubleArea(Vertices, Triangles[i], Triangles[i + 1], Triangles[i + 2]) / 2;
        return sum;
    }

    public static double DoubleArea(IReadOnlyList<double> at, int a, int b, int c)
    {
        double ux = at[3 * b] - at[3 * a], uy = at[3 * b + 1] - at[3 * a + 1], uz = at[3 * b + 2] - at[3 * a + 2];
        double vx = at[3 * c] - at[3 * a], vy = at[3 * c + 1] - at[3 * a + 1], vz = at[3 * c + 2] - at[3 * a + 2];
        double x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;
        return Math.Sqrt(x * x + y * y + z * z);
    }
}
