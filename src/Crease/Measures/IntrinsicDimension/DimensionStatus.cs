namespace Crease.Measures;

/// <summary>Whether an estimate of a dimension exists.</summary>
public enum DimensionStatus
{
    /// <summary>There is a value.</summary>
    Found,

    /// <summary>The estimator needs more points than there are.</summary>
    TooFewPoints,

    /// <summary>The points leave the estimate undefined: all distances equal, no spread, or no solution in range.</summary>
    Undefined,

    /// <summary>The estimator works on coordinates, and only distances were given.</summary>
    NeedsCoordinates,
}
