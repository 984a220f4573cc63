namespace Crease.Numerics;

/// <summary>How a number was obtained.</summary>
public enum Exactness
{
    /// <summary>A theorem evaluated in float64; doubtful signs are decided in exact arithmetic.</summary>
    Exact,

    /// <summary>Every combinatorial decision is proved for the given weights.</summary>
    Certified,

    /// <summary>An estimate from samples, with an interval.</summary>
    Sampled,
}

/// <summary>Whether a computation ran to its end.</summary>
public enum Status
{
    /// <summary>Everything was found.</summary>
    Complete,

    /// <summary>A limit was reached; what is there is correct and incomplete.</summary>
    BudgetExhausted,

    /// <summary>The caller stopped it; what is there is correct and incomplete.</summary>
    Interrupted,
}
