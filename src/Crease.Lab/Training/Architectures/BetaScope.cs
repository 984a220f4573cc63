namespace Crease.Lab;

/// <summary>Which units of a network share a learned β.</summary>
public enum BetaScope
{
    /// <summary>All of them.</summary>
    Network,

    /// <summary>Those of a layer.</summary>
    Layer,

    /// <summary>None: each has its own, those of a convolution one per channel.</summary>
    Unit,
}
