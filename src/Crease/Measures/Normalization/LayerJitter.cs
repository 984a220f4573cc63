namespace Crease.Measures;

/// <summary>How far the creases of one layer move over batches of one size.</summary>
/// <param name="Name">Name of the node whose value is normalized.</param>
/// <param name="RelativeShifts">Per unit, the standard deviation over batches of the crease's offset, in standard deviations of the unit's projection over all data. Units without a crease are 0. Shape [units].</param>
/// <param name="Shifts">The same in units of the layer's input; empty where the layer has no weight rows of its own. Shape [units].</param>
/// <param name="MeanVariance">Median over units of Var(μ_B) |B| / σ²: 1 for independent samples.</param>
/// <param name="SpreadVariance">Median over units of Var(σ_B²) |B|² / (2 σ⁴ (|B| - 1)): 1 for a Gaussian projection.</param>
/// <param name="ChangedSamples">Share of probes whose code in this layer differs from that under the statistics of all data, over batches.</param>
/// <param name="ChangedUnits">Share of single units' pieces that differ so.</param>
public sealed record LayerJitter(string Name, double[] RelativeShifts, double[] Shifts, double MeanVariance, double SpreadVariance, double ChangedSamples, double ChangedUnits);
