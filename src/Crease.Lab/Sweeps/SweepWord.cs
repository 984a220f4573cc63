namespace Crease.Lab;

/// <summary>A word that a grid may set.</summary>
/// <param name="Name">As a command knows it, without dashes, for example <c>weight-decay</c>.</param>
/// <param name="IsWhole">Whether its values are whole numbers, so that ranges of it are rounded.</param>
public sealed record SweepWord(string Name, bool IsWhole);
