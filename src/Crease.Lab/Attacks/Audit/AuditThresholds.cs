namespace Crease.Lab;

/// <summary>From which differences on an audit doubts; shares of inputs in [0, 1]. Those of zero gradients, black box and gap follow common flags; the others are Crease's own.</summary>
public sealed record AuditThresholds
{
    /// <summary>Share of inputs that an attack without gradients fools beyond those with, from which AutoAttack doubts.</summary>
    internal const double BlackBoxGain = 0.002;

    /// <summary>What differences of shares may exceed a threshold by: those of equal counts differ in their last bits.</summary>
    internal const double Rounding = 1e-12;

    /// <summary>Share of inputs whose gradient is exactly zero.</summary>
    public double ZeroGradients { get; init; } = Lab.ZeroGradients.Suspect;

    /// <summary>Share of inputs that a method without gradients fools and the attack does not.</summary>
    public double BlackBox { get; init; } = BlackBoxGain;

    /// <summary>Change of accuracy that counts as none, from ε to three times that.</summary>
    public double Flatness { get; init; } = 0.01;

    /// <summary>Difference of accuracy under cross-entropy and margin.</summary>
    public double CrossEntropyGap { get; init; } = 0.02;

    /// <summary>Fall of accuracy by logits of median margin 1.</summary>
    public double ScaledLogits { get; init; } = 0.01;

    /// <summary>Change of accuracy by single precision.</summary>
    public double Precision { get; init; } = 0.005;

    /// <summary>Share of inputs at which a complete search finds what the attack does not.</summary>
    public double ExactSearch { get; init; } = 0.01;

    /// <summary>Fall of accuracy by another loss.</summary>
    public double LossGap { get; init; } = 0.02;

    /// <summary>Fall of accuracy by four times the steps.</summary>
    public double Steps { get; init; } = 0.01;

    /// <summary>Fall of accuracy by five random starts against the first of them.</summary>
    public double Starts { get; init; } = 0.01;
}
