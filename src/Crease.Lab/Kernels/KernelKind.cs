namespace Crease.Lab;

/// <summary>Which kernel of a network is measured.</summary>
public enum KernelKind
{
    /// <summary>The tangent kernel, mean over the outputs (or of one).</summary>
    Mean,

    /// <summary>The tangent kernel over pairs of input and output: nothing is averaged.</summary>
    Full,

    /// <summary>The kernel of the outputs themselves (NNGP), mean over the outputs.</summary>
    Values,
}
