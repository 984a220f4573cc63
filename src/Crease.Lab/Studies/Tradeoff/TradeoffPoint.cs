namespace Crease.Lab;

/// <summary>What was measured of one trained network; shares of test rows in [0, 1].</summary>
internal sealed record TradeoffPoint
{
    public required string Factor { get; init; }

    public required double Value { get; init; }

    public required int Repeat { get; init; }

    /// <summary>Share that is classified right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Per ε, the share that resists the attack: an upper bound.</summary>
    public required double[] Robust { get; init; }

    /// <summary>Per ε, the share that back-substitution proves: a lower bound.</summary>
    public required double[] Certified { get; init; }

    /// <summary>Per ε, the share that interval arithmetic proves.</summary>
    public required double[] CertifiedByIntervals { get; init; }

    /// <summary>Per radius in L2, the share that randomized smoothing certifies with the right class; empty without smoothing.</summary>
    public required double[] Smoothed { get; init; }

    /// <summary>Names of the lines of the masking audit that fail.</summary>
    public required string[] Doubts { get; init; }
}
