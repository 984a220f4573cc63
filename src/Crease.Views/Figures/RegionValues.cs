namespace Crease.Views;

/// <summary>Numbers that color the regions of a partition.</summary>
/// <param name="Label">Heading of the legend.</param>
/// <param name="Values">Finite numbers of at least 0. Shape [regions]. Colors are logarithmic where they span more than 1.5 decades.</param>
public sealed record RegionValues(string Label, IReadOnlyList<double> Values);
