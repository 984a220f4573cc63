using System.Text.Json.Serialization;

namespace Crease.Lab;

/// <summary>What was measured of one feature model. Errors are shares of wrong classes; losses are means over rows of sums over classes.</summary>
internal sealed record FeaturePoint
{
    public required FeatureKind Kind { get; init; }

    /// <summary>n, training rows.</summary>
    public required int Samples { get; init; }

    /// <summary>N, features: real columns.</summary>
    public required int Count { get; init; }

    /// <summary>Place of the seed.</summary>
    public required int Repeat { get; init; }

    public required double TestError { get; init; }

    public required double TrainError { get; init; }

    public required double TestLoss { get; init; }

    public required double TrainLoss { get; init; }

    /// <summary>Largest sum over classes of squared residuals of a training row.</summary>
    public required double LargestResidual { get; init; }

    /// <summary>Norm of all coefficients.</summary>
    public required double Norm { get; init; }

    public required int Rank { get; init; }

    public required double Largest { get; init; }

    /// <summary>Smallest singular value that counts.</summary>
    public required double SmallestKept { get; init; }

    /// <summary>Largest one that does not; null where all count.</summary>
    public required double? LargestDropped { get; init; }

    public required bool IsGram { get; init; }

    /// <summary>trace(S) of the predictions S y on training rows.</summary>
    public required double TrainParameters { get; init; }

    /// <summary>n times the mean over test rows of the squared norm of their row of S.</summary>
    public required double TestParameters { get; init; }

    /// <summary>The best of other fits on the same rows: ridge by test loss; null without.</summary>
    public required RidgePoint? Ridge { get; init; }

    /// <summary>The same fit under other cutoffs.</summary>
    public required CutoffPoint[] Cutoffs { get; init; }

    /// <summary>Whether chance of the draw decides the numbers: the smallest singular value that counts is below 10⁻⁴ of the largest.</summary>
    [JsonIgnore]
    public bool IsIllConditioned => SmallestKept < 1e-4 * Largest;

    /// <summary>Whether some features, or rows, are combinations of others.</summary>
    [JsonIgnore]
    public bool IsDeficient => LargestDropped is not null;
}
