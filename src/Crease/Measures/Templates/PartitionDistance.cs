namespace Crease.Measures;

/// <summary>How much of a network's code differs between two inputs: 0 in one region, 1 where no unit is on the same piece.</summary>
/// <param name="ByUnits">Share of all units that differ, in [0, 1].</param>
/// <param name="ByLayers">Mean over layers of the share of units that differ, in [0, 1]: narrow layers count as much as wide ones.</param>
public readonly record struct PartitionDistance(double ByUnits, double ByLayers);
