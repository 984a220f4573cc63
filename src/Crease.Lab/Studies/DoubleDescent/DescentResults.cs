namespace Crease.Lab;

/// <summary>All that the study measured.</summary>
internal sealed record DescentResults
{
    /// <summary>Whether the test rows begin as those of MNIST, so that published and reference numbers are comparable.</summary>
    public required bool IsMnist { get; init; }

    /// <summary>Feature models over N at fixed n.</summary>
    public required IReadOnlyList<FeaturePoint> Features { get; init; }

    /// <summary>Feature models over n at fixed N.</summary>
    public required IReadOnlyList<FeaturePoint> Sizes { get; init; }

    /// <summary>Gaussian features.</summary>
    public required IReadOnlyList<GaussianTrial> Gaussian { get; init; }

    /// <summary>Networks of one hidden layer.</summary>
    public required IReadOnlyList<NetworkPoint> Networks { get; init; }
}
