namespace Crease.Geometry;

/// <summary>A bounded convex polyhedron as loops of corners, counter-clockwise seen from outside.</summary>
internal sealed class Polyhedron
{
    public Polyhedron(VolumeCorner[] corners, Face[] faces)
    {
        (Corners, Faces) = (corners, faces);
        foreach (VolumeCorner corner in corners)
            Shift = Math.Max(Shift, corner.Shift);
    }

    public VolumeCorner[] Corners { get; }

    public Face[] Faces { get; }

    /// <summary>Largest displacement of a corner.</summary>
    public double Shift { get; }

    public readonly record struct Face(VolumePlane Plane, int[] Loop);

    /// <summary>An axis-parallel box.</summary>
    /// <param name="low">Smallest coordinates.</param>
    /// <param name="high">Largest coordinates.</param>
    public static Polyhedron Box(double[] low, double[] high)
    {
        var corners = new VolumeCorner[8];
        for (int i = 0; i < 8; i++)
        {
            double[] at = [.. Enumerable.Range(0, 3).Select(axis => (i >> axis & 1) == 0 ? low[axis] : high[axis])];
            corners[i] = new VolumeCorner { X = at[0], Y = at[1], Z = at[2], Planes = (Side(0, i), Side(1, i), Side(2, i)) };
        }
        var faces = new Face[6];
        for (int axis = 0; axis < 3; axis++)
        {
            int u = 1 << (axis + 1) % 3, v = 1 << (axis + 2) % 3, far = 1 << axis;
            double[] normal = [axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0];
            faces[2 * axis] = new Face(new VolumePlane(-1 - 2 * axis, normal[0], normal[1], normal[2], -low[axis], 0), [0, v, u | v, u]);
            faces[2 * axis + 1] = new Face(new VolumePlane(-2 - 2 * axis, normal[0], normal[1], normal[2], -high[axis], 0), [far, far | u, far | u | v, far | v]);
        }
        return new Polyhedron(corners, faces);

        static int Side(int axis, int corner) => -1 - (2 * axis + (corner >> axis & 1));
    }

    /// <summary>Volume, as a sum of tetrahedra from one corner.</summary>
    public double Volume()
    {
        VolumeCorner[] corners = Corners;
        VolumeCorner apex = corners[0];
        double sum = 0;
        foreach (Face face in Faces)
        {
            if (Array.IndexOf(face.Loop, 0) >= 0)
                continue;
            VolumeCorner a = corners[face.Loop[0]];
            for (int i = 1; i + 1 < face.Loop.Length; i++)
                sum += Tetrahedron(apex, a, corners[face.Loop[i]], corners[face.Loop[i + 1]]);
        }
        return sum;
    }

    private static double Tetrahedron(VolumeCorner o, VolumeCorner a, VolumeCorner b, VolumeCorner c)
    {
        double ax = a.X - o.X, ay = a.Y - o.Y, az = a.Z - o.Z, bx = b.X - o.X, by = b.Y - o.Y, bz = b.Z - o.Z, cx = c.X - o.X, cy = c.Y - o.Y, cz = c.Z - o.Z;
        return (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)) / 6;
    }
}
