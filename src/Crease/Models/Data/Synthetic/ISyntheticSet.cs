using Crease.Numerics;

namespace Crease.Models;

/// <summary>A recipe for points: the same stream of random numbers gives the same points, whatever the number of threads.</summary>
public interface ISyntheticSet
{
    /// <summary>Draws points.</summary>
    /// <param name="samples">Number of points, at least 1.</param>
    /// <param name="random">Source of the points.</param>
    /// <exception cref="ArgumentException">There is no point to draw, or a property is outside of its range; all faults are listed.</exception>
    DataSet Draw(int samples, RandomSource random);
}
