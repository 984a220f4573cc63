namespace Crease.Lab;

/// <summary>How a gradient becomes a step; PyTorch's names, meanings and defaults.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The rule.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.AdamW;

    /// <summary>Largest learning rate of the schedule, more than 0.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>Weight decay, at least 0: added to the gradient by SGD and Adam, taken from the weights by AdamW.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Momentum of SGD, in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>Whether SGD looks ahead along the momentum (Nesterov).</summary>
    public bool Nesterov { get; init; }

    /// <summary>Decay of Adam's mean of gradients, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of Adam's mean of squared gradients, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to Adam's root, more than 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Largest norm of the gradient of all weights together, more than 0; null is no limit.</summary>
    public double? Clip { get; init; }
}
