namespace Crease.Lab;

/// <summary>What is known of a training: its metrics, and what was measured at its checkpoints.</summary>
/// <param name="Name">What figures and tables call it.</param>
/// <param name="Options">What it was started with.</param>
/// <param name="Metrics">Lines of metrics, steps ascending.</param>
/// <param name="Dynamics">What was measured so far, or null.</param>
public sealed record RunRecord(string Name, TrainingOptions Options, IReadOnlyList<TrainingMetrics> Metrics, DynamicsResult? Dynamics);
