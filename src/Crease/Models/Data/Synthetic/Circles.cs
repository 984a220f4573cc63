using Crease.Numerics;

namespace Crease.Models;

/// <summary>Two circles around the origin: class 0 the outer one of radius 1, class 1 the inner one.</summary>
/// <remarks>Classes alternate, so every even number of first points is balanced.</remarks>
public sealed record Circles : ISyntheticSet
{
    /// <summary>Radius of the inner circle, in (0, 1).</summary>
    public double InnerRadius { get; init; } = 0.5;

    /// <summary>Standard deviation of the normal noise on each coordinate, at least 0.</summary>
    public double Noise { get; init; } = 0.08;

    /// <summary>Draws points.</summary>
    /// <param name="samples">Number of points, at least 1.</param>
    /// <param name="random">Source of the points.</param>
    /// <returns>Two coordinates and two classes.</returns>
    /// <exception cref="ArgumentException">There is no point to draw, or a property is outside of its range; all faults are listed.</exception>
    public DataSet Draw(int samples, RandomSource random) => PlanarPoints.Draw(
        "circles",
        samples,
        2,
        Noise,
        random,
        (circle, source) =>
        {
            (double y, double x) = Math.SinCos(source.Uniform(0, 2 * Math.PI));
            double radius = circle == 0 ? 1 : InnerRadius;
            return (radius * x, radius * y);
        },
        InnerRadius is > 0 and < 1 ? null : $"'InnerRadius' is {InnerRadius}; expected more than 0 and less than 1.");
}
