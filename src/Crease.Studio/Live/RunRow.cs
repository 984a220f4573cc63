using Crease.Lab;

namespace Crease.Studio;

/// <summary>What lists say about a run.</summary>
internal sealed record RunRow(
    string Id, string Name, string Net, string Data, long Steps, long Done, RunState State, string? Error, double? TrainAccuracy, double? TestAccuracy, bool CanGoFurther)
{
    public static RunRow Of(string name, TrainingOptions options, string data, long done, RunState state, string? error, TrainingMetrics? last) => new(
        name, name, options.Network.Net, data, options.Steps, done, state, error, last?.TrainAccuracy, last?.TestAccuracy, !options.Schedule.IsSpread);
}
