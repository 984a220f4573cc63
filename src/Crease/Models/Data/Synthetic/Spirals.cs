using Crease.Numerics;

namespace Crease.Models;

/// <summary>Spiral arms that wind counter-clockwise from near the origin to radius 1, one class each.</summary>
/// <remarks>
/// Classes take turns, so every multiple of <see cref="Arms"/> of first points is balanced. Points are uniform in the radius.
/// </remarks>
public sealed record Spirals : ISyntheticSet
{
    /// <summary>Number of arms, at least 2.</summary>
    public int Arms { get; init; } = 3;

    /// <summary>Turns that an arm makes, more than 0.</summary>
    public double Turns { get; init; } = 0.9;

    /// <summary>Radius at which the arms start, in [0, 1).</summary>
    public double Start { get; init; } = 0.1;

    /// <summary>Standard deviation of the normal noise on each coordinate, at least 0.</summary>
    public double Noise { get; init; } = 0.02;

    /// <summary>Draws points.</summary>
    /// <param name="samples">Number of points, at least 1.</param>
    /// <param name="random">Source of the points.</param>
    /// <returns>Two coordinates and <see cref="Arms"/> classes.</returns>
    /// <exception cref="ArgumentException">There is no point to draw, or a property is outside of its range; all faults are listed.</exception>
    public DataSet Draw(int samples, RandomSource random) => PlanarPoints.Draw(
        "spirals",
        samples,
        Arms,
        Noise,
        random,
        (arm, source) =>
        {
            double radius = source.Uniform(Start, 1);
            (double y, double x) = Math.SinCos(2 * Math.PI * (Turns * radius + (double)arm / Arms));
            return (radius * x, radius * y);
        },
        Arms >= 2 ? null : $"'Arms' is {Arms}; expected at least 2.",
        Turns > 0 && double.IsFinite(Turns) ? null : $"'Turns' is {Turns}; expected a finite number above 0.",
        Start is >= 0 and < 1 ? null : $"'Start' is {Start}; expected at least 0 and less than 1.");
}
