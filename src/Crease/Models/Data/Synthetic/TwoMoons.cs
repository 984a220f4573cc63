using Crease.Numerics;

namespace Crease.Models;

/// <summary>Two half circles that reach into each other, one class each.</summary>
/// <remarks>
/// Notation: without noise, class 0 is (cos t, sin t) and class 1 is (1 - cos t, 1/2 - sin t), t in [0, π). Classes alternate, so every
/// even number of first points is balanced.
/// </remarks>
public sealed record TwoMoons : ISyntheticSet
{
    /// <summary>Standard deviation of the normal noise on each coordinate, at least 0.</summary>
    public double Noise { get; init; } = 0.15;

    /// <summary>Draws points.</summary>
    /// <param name="samples">Number of points, at least 1.</param>
    /// <param name="random">Source of the points.</param>
    /// <returns>Two coordinates and two classes; x in about [-1.5, 2.5], y in about [-1, 1.5].</returns>
    /// <exception cref="ArgumentException">There is no point to draw, or a property is outside of its range; all faults are listed.</exception>
    public DataSet Draw(int samples, RandomSource random) => PlanarPoints.Draw("moons", samples, 2, Noise, random, (moon, source) =>
    {
        (double y, double x) = Math.SinCos(source.Uniform(0, Math.PI));
        return moon == 0 ? (x, y) : (1 - x, 0.5 - y);
    });
}
