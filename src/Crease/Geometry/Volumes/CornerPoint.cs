namespace Crease.Geometry;

/// <summary>Where three planes cross, with a bound on the error.</summary>
internal static class CornerPoint
{
    private const double Rounding = 32 * 1.1102230246251565e-16;

    /// <summary>The point, and how far the exact one can be away.</summary>
    /// <remarks>
    /// Exactness: N v = -d with rows known within their tolerances. The error of v is N⁻¹ times the errors of the rows' values there, and
    /// the columns of N⁻¹ are the cross products of the other two normals over the determinant.
    /// </remarks>
    public static (double X, double Y, double Z, double Shift) Of(in VolumePlane p, in VolumePlane q, in VolumePlane r)
    {
        (double x, double y, double z) u = Cross(q, r), v = Cross(r, p), w = Cross(p, q);
        double determinant = p.A * u.x + p.B * u.y + p.C * u.z;
        double x = -(p.D * u.x + q.D * v.x + r.D * w.x) / determinant;
        double y = -(p.D * u.y + q.D * v.y + r.D * w.y) / determinant;
        double z = -(p.D * u.z + q.D * v.z + r.D * w.z) / determinant;
        double size = Math.Abs(x) + Math.Abs(y) + Math.Abs(z);
        double shift = (Error(p, size) * Length(u) + Error(q, size) * Length(v) + Error(r, size) * Length(w)) / Math.Abs(determinant);
        return (x, y, z, 2 * shift);
    }

    private static double Error(in VolumePlane p, double size) =>
        p.Tolerance + Rounding * (Math.Abs(p.D) + size * (Math.Abs(p.A) + Math.Abs(p.B) + Math.Abs(p.C)));

    private static double Length((double X, double Y, double Z) v) => Math.Abs(v.X) + Math.Abs(v.Y) + Math.Abs(v.Z);

    private static (double X, double Y, double Z) Cross(in VolumePlane p, in VolumePlane q) =>
        (p.B * q.C - p.C * q.B, p.C * q.A - p.A * q.C, p.A * q.B - p.B * q.A);
}
