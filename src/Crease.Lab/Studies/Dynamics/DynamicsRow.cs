using System.Collections.Immutable;
using Crease.Measures;

namespace Crease.Lab;

/// <summary>What was measured at one network of a series; null for what was not asked for.</summary>
public sealed record DynamicsRow
{
    /// <summary>How far training was.</summary>
    public required long Step { get; init; }

    /// <summary>On the rows that were trained on.</summary>
    public SetDynamics? Train { get; init; }

    /// <summary>On test rows.</summary>
    public SetDynamics? Test { get; init; }

    /// <summary>Local complexity around uniform random points of the data's range.</summary>
    public ComplexityDynamics? Random { get; init; }

    /// <summary>Accuracy of test rows under attack.</summary>
    public RobustnessDynamics? Robustness { get; init; }

    /// <summary>The partition of the fixed slice.</summary>
    public SliceDynamics? Slice { get; init; }
}

/// <summary>What was measured on one set of rows.</summary>
/// <param name="Samples">Rows whose loss and accuracy were measured.</param>
/// <param name="Loss">Mean loss; null where it is not finite, or without labels.</param>
/// <param name="Accuracy">Share of right classes, or null without labels.</param>
/// <param name="Complexity">Local complexity, or null.</param>
/// <param name="SlopeNorm">Frobenius norm of the slopes of all outputs at the rows, or null.</param>
public sealed record SetDynamics(int Samples, double? Loss, double? Accuracy, ComplexityDynamics? Complexity, SampleMean? SlopeNorm);

/// <summary>Local complexity around some points.</summary>
/// <param name="Total">Mean and standard error over samples of the total.</param>
/// <param name="Layers">The same per counted layer, logits last where there are any.</param>
public sealed record ComplexityDynamics(SampleMean Total, ImmutableArray<SampleMean> Layers);

/// <summary>Accuracy under attack.</summary>
/// <param name="Samples">Rows attacked.</param>
/// <param name="Accuracy">Share that is right and stays right, per budget; shape [epsilons].</param>
/// <param name="ZeroGradientShare">Share of rows whose input gradient is zero at the start, in [0, 1]: above 0.01 the accuracies are not to be believed.</param>
/// <param name="MarginZeroGradientShare">The same for the margin loss.</param>
public sealed record RobustnessDynamics(int Samples, ImmutableArray<double> Accuracy, double ZeroGradientShare, double MarginZeroGradientShare);

/// <summary>The partition of a slice in a few numbers.</summary>
/// <param name="Regions">Number of regions.</param>
/// <param name="IsComplete">Whether all were found within the budget.</param>
/// <param name="BoundaryLength">Length of the decision boundary in slice units, or null without one.</param>
/// <param name="SlopeNorm">Mean over the area of the Frobenius norm of the slopes on the slice.</param>
public sealed record SliceDynamics(long Regions, bool IsComplete, double? BoundaryLength, double SlopeNorm);
