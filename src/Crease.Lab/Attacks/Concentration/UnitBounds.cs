namespace Crease.Lab;

/// <summary>How units are bounded on a box of inputs.</summary>
public enum UnitBounds
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By interval arithmetic.</summary>
    Interval,

    /// <summary>By back-substitution before every layer: closer, and far more expensive for convolutions.</summary>
    Relaxed,
}
