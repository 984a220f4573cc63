using Crease.Measures;

namespace Crease.Lab;

/// <summary>Crossings per unit of length toward adversarial twins against another kind of segment.</summary>
/// <param name="Against">The other kind.</param>
/// <param name="Layer">0-based layer, or null for all.</param>
/// <param name="Pairs">Over inputs; null where no input has the other kind.</param>
public sealed record DensityComparison(SegmentKind Against, int? Layer, PairedComparison? Pairs);
