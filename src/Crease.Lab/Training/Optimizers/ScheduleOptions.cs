using System.Text.Json.Serialization;

namespace Crease.Lab;

/// <summary>How the learning rate changes from step to step.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The curve.</summary>
    public ScheduleKind Kind { get; init; }

    /// <summary>Steps over which the rate rises linearly to the curve, at least 0.</summary>
    public int Warmup { get; init; }

    /// <summary>Steps after which <see cref="ScheduleKind.Step"/> lowers the rate, at least 1.</summary>
    public int StepLength { get; init; } = 1000;

    /// <summary>Factor by which <see cref="ScheduleKind.Step"/> lowers the rate, in (0, 1].</summary>
    public double StepFactor { get; init; } = 0.1;

    /// <summary>Lowest rate of <see cref="ScheduleKind.Cosine"/> as a share of the largest, in [0, 1].</summary>
    public double CosineFloor { get; init; }

    /// <summary>Whether every rate depends on how many steps there are in all, so that a run with more steps is another run from its first step on.</summary>
    [JsonIgnore]
    public bool IsSpread => Kind is ScheduleKind.Cosine or ScheduleKind.OneCycle;
}
