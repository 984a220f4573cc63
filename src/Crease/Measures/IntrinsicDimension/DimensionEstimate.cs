using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>What an estimator of intrinsic dimension found.</summary>
/// <param name="Estimator">Name of the estimator, as in <see cref="DimensionEstimators"/>.</param>
/// <param name="Convention">Which of the forms in use it is, with ranks and parameters.</param>
public sealed record DimensionEstimate(string Estimator, string Convention)
{
    /// <summary>The dimension; null where <see cref="Status"/> is not <see cref="DimensionStatus.Found"/>. Finite and at least 0.</summary>
    public double? Value { get; init; }

    /// <summary>An interval, or null where the estimator has none.</summary>
    public DimensionInterval? Interval { get; init; }

    /// <summary>Number of points that the value rests on.</summary>
    public int Points { get; init; }

    /// <summary>Points that the estimator left out, since a ratio of their distances is undefined.</summary>
    public int Dropped { get; init; }

    /// <summary>Whether there is a value.</summary>
    public DimensionStatus Status { get; init; }

    /// <summary>Where there is no value: why, and what to do; else empty.</summary>
    public string Advice { get; init; } = "";

    /// <summary>What a reader of the value should know.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The dimension around each point of the cloud, null where it is undefined; or null where the estimator has no local form. Shape [points].</summary>
    public ImmutableArray<double?>? Pointwise { get; init; }

    internal DimensionEstimate Without(DimensionStatus status, string advice) => this with { Value = null, Interval = null, Status = status, Advice = advice };

    internal DimensionEstimate With(double value, int points, int dropped = 0) => double.IsFinite(value) && value >= 0
        ? this with { Value = value, Points = points, Dropped = dropped, Status = DimensionStatus.Found }
        : Without(DimensionStatus.Undefined, "the formula has no finite value for these points; look for points at equal distances, or use another estimator");
}
