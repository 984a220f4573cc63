namespace Crease.Lab;

/// <summary>From which differences on an audit doubts; shares of inputs in [0, 1]. Those of zero gradients, black box and gap follow common flags; the others are Crease's own.</summary>
public sealed record AuditThresholds
{
    /// <summary>Share of inputs whose gradient is exactly zero.</summary>
    public double ZeroGradients { get; init; } = Lab.ZeroGradients.Suspect;

    /// <summary>Share of inputs that a method without gradients fools and the attack does not.</summary>
    public double BlackBox { get; init; } = 0.002;

    /// <summary>Fall of accuracy by another loss.</summary>
    public double LossGap { get; init; } = 0.02;

    /// <summary>Fall of accuracy by four times the steps.</summary>
    public double Steps { get; init; } = 0.01;

    /// <summary>Fall of accuracy by five random starts against the first of them.</summary>
    public double Starts { get; init; } = 0.01;
}
