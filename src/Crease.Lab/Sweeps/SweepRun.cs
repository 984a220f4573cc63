namespace Crease.Lab;

/// <summary>A training of a sweep before or after it is made.</summary>
/// <param name="Point">Where in the grid.</param>
/// <param name="Options">How it is trained.</param>
public sealed record SweepRun(SweepPoint Point, TrainingOptions Options);
