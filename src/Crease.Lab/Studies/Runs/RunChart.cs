namespace Crease.Lab;

/// <summary>What a figure of runs shows.</summary>
public enum RunChart
{
    /// <summary>Loss of training and test rows, from the metrics.</summary>
    Loss,

    /// <summary>Accuracy on training and test rows, from the metrics.</summary>
    Accuracy,

    /// <summary>Local complexity at the checkpoints.</summary>
    Complexity,

    /// <summary>Accuracy under attack at the checkpoints.</summary>
    Robustness,

    /// <summary>All that was measured at the checkpoints, a panel per quantity.</summary>
    Dynamics,
}
