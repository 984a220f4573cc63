namespace Crease.Geometry;

/// <summary>The plane a x + b y + c z + d = 0 of one face, as float64 knows it.</summary>
/// <param name="Id">The crease, or -1 - side for a side of the domain.</param>
/// <param name="A">Coefficient of x.</param>
/// <param name="B">Coefficient of y.</param>
/// <param name="C">Coefficient of z.</param>
/// <param name="D">Constant.</param>
/// <param name="Tolerance">Bound on the rounding error of the function's value anywhere in the domain.</param>
internal readonly record struct VolumePlane(int Id, double A, double B, double C, double D, double Tolerance)
{
    public double At(VolumeCorner corner) => A * corner.X + B * corner.Y + C * corner.Z + D;

    /// <summary>Bound on the error of <see cref="At"/>, rounding and the corner's displacement together.</summary>
    public double Doubt(VolumeCorner corner) => Tolerance + (Math.Abs(A) + Math.Abs(B) + Math.Abs(C)) * corner.Shift;
}
