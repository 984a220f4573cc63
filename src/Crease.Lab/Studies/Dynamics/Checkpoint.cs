namespace Crease.Lab;

/// <summary>One network of a series.</summary>
/// <param name="Step">How far training was: a step, an epoch, or the place in the series.</param>
/// <param name="Path">File of the network.</param>
public sealed record Checkpoint(long Step, string Path);
