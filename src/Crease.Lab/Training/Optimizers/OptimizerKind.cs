namespace Crease.Lab;

/// <summary>The rule that turns gradients into steps.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent, with momentum or without.</summary>
    Sgd,

    /// <summary>Adam with weight decay in the gradient.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}
