namespace SignedDistance;

/// <summary>A solid whose signed distance is known: negative inside.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Distance">Signed distance of a point.</param>
/// <param name="Euler">Euler characteristic of its surface.</param>
/// <param name="Volume">Volume.</param>
internal sealed record Solid(string Name, Func<double, double, double, double> Distance, int Euler, double Volume)
{
    /// <summary>The solids that are shipped.</summary>
    public static IReadOnlyList<Solid> All { get; } = [Sphere(0.5), Torus(0.5, 0.2)];

    public static Solid Sphere(double radius) =>
        new("sphere", (x, y, z) => Math.Sqrt(x * x + y * y + z * z) - radius, 2, 4 * Math.PI / 3 * radius * radius * radius);

    /// <summary>A torus around the z axis.</summary>
    public static Solid Torus(double ring, double tube) =>
        new("torus", (x, y, z) => Hypotenuse(Hypotenuse(x, y) - ring, z) - tube, 0, 2 * Math.PI * Math.PI * ring * tube * tube);

    private static double Hypotenuse(double a, double b) => Math.Sqrt(a * a + b * b);
}
