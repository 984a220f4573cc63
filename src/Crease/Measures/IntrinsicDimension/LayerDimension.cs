using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>The dimension of the activations of one layer.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Kind">What the node does.</param>
/// <param name="Units">Numbers in its value.</param>
/// <param name="Points">Different activations.</param>
/// <param name="Merged">Inputs whose activations repeat those of an earlier one.</param>
/// <param name="Estimates">One for each estimator.</param>
public sealed record LayerDimension(string Name, string Kind, int Units, int Points, int Merged, ImmutableArray<DimensionEstimate> Estimates);
