namespace Crease.Numerics;

/// <summary>How the search of a linear program ended.</summary>
internal enum LinearProgramOutcome
{
    /// <summary>The point is a minimum, up to rounding.</summary>
    Optimal,

    /// <summary>No point satisfies all constraints, up to rounding.</summary>
    Infeasible,

    /// <summary>The limit of pivots was reached.</summary>
    Stopped,
}
