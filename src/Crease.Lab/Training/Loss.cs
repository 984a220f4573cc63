namespace Crease.Lab;

/// <summary>What training makes small.</summary>
public enum Loss
{
    /// <summary>The negative logarithm of the softmax of the right class, mean over the batch.</summary>
    CrossEntropy,

    /// <summary>The squared distance to the one-hot class, or to the targets, mean over batch and outputs.</summary>
    MeanSquaredError,
}
