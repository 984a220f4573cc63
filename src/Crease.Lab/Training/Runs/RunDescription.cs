using System.Text.Json.Serialization;

namespace Crease.Lab;

/// <summary>What a run was started with: enough to go on with it, and to repeat it.</summary>
/// <param name="Options">All options; their steps are those of the run as it is now.</param>
/// <param name="Version">Version of Crease that started it.</param>
/// <param name="TrainingData">SHA-256 of the training rows as they were picked and labeled.</param>
/// <param name="TestData">Of the test rows, or null.</param>
public sealed record RunDescription(TrainingOptions Options, string Version, string TrainingData, string? TestData)
{
    /// <summary>Where the run ended before it was given more steps: ascending, below its steps; null where it never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? EarlierEnds { get; init; }

    /// <summary>The same run with more steps.</summary>
    /// <param name="steps">Number of steps of the whole run.</param>
    /// <exception cref="ArgumentException">They are no more than it has, or its learning rates depend on their number; the message is one line.</exception>
    public RunDescription Extended(long steps)
    {
        if (steps <= Options.Steps)
            throw new ArgumentException($"'steps' is {steps} and the run has {Options.Steps}; expected more.", nameof(steps));
        if (Options.Schedule.IsSpread)
            throw new ArgumentException($"The learning rates of the run are spread over its {Options.Steps} steps ({Options.Schedule.Kind}), so that more steps are another run; only the schedules constant and step go on.", nameof(steps));
        TrainingOptions options = Options with { Steps = steps };
        options.Check();
        return this with { Options = options, EarlierEnds = [.. EarlierEnds ?? [], Options.Steps] };
    }
}
