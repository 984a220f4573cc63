namespace Crease.Lab;

/// <summary>A probe of a part of the features, on the same splits.</summary>
/// <param name="Kind">One of <see cref="ProbeAblations.Layers"/>, <see cref="ProbeAblations.First"/> and <see cref="ProbeAblations.Features"/>.</param>
/// <param name="Number">Number of the layer, of layers, or of the feature; from 1.</param>
/// <param name="Columns">Columns that it reads.</param>
/// <param name="Estimate">What it reaches.</param>
public sealed record ProbeAblation(ProbeAblations Kind, int Number, int Columns, AucEstimate Estimate);
