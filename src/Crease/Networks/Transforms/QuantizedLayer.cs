using System.Collections.Immutable;

namespace Crease.Networks;

/// <summary>What quantization did to the weights of one layer.</summary>
/// <param name="Node">Index of the node in the quantized network.</param>
/// <param name="Name">Name of the node.</param>
/// <param name="Kind">Kind of its layer.</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="Steps">Distance of neighboring grid points: one, or one per output channel.</param>
/// <param name="Values">Number of different weights after rounding.</param>
/// <param name="LargestError">The largest |w - ŵ|.</param>
/// <param name="Drift">The largest ‖w - ŵ‖₁ of the weights of one output channel: on inputs within ±m no pre-activation moves by more than this times m.</param>
public sealed record QuantizedLayer(int Node, string Name, string Kind, int Weights, ImmutableArray<double> Steps, int Values, double LargestError, double Drift);
