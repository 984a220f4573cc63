using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>What a sweep says about one of its trainings.</summary>
/// <param name="Run">The training.</param>
/// <param name="Message">Why it failed, one line, or null.</param>
/// <param name="Step">The last step that its metrics tell of, or null.</param>
/// <param name="Values">Measure to number; a measure without a number is left out.</param>
public sealed record SweepRow(SweepRun Run, string? Message, long? Step, ImmutableDictionary<string, double> Values)
{
    /// <summary>Whether training or measuring ended early.</summary>
    public bool IsFailed => Message is not null;

    /// <summary><c>complete</c> or <c>failed</c>.</summary>
    public string Status => IsFailed ? "failed" : "complete";
}
