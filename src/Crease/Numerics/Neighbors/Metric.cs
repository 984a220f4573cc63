namespace Crease.Numerics;

/// <summary>How far apart two points are.</summary>
public enum Metric
{
    /// <summary>√Σ (x - y)².</summary>
    Euclidean,

    /// <summary>Σ |x - y|.</summary>
    Manhattan,

    /// <summary>max |x - y|.</summary>
    Chebyshev,

    /// <summary>The angle between the two vectors, in [0, π]; rows of zeros have none.</summary>
    Angular,

    /// <summary>Euclidean on the torus [0, 1)^D: the nearest of all copies shifted by whole numbers.</summary>
    PeriodicUnitCube,
}
