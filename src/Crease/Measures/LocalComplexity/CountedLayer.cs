using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>A set of pre-activations whose signs are counted.</summary>
/// <param name="Name">Name of the node they feed; for logits that of the node they come from.</param>
/// <param name="Kind">What they feed: <c>relu</c>, <c>gelu</c>, ... or <c>logits</c>.</param>
/// <param name="Source">Index of the node whose value they are.</param>
/// <param name="Units">Number of pre-activations.</param>
/// <param name="Knots">Values that are told apart below and above: 0, or the knots of a piecewise-linear function.</param>
/// <param name="IsExact">Whether they are affine functions of the input, for which the count is the exact number of creases that cross the cross-polytope.</param>
/// <param name="IsSmooth">Whether what they feed is smooth, so that a sign change is no crease.</param>
public sealed record CountedLayer(string Name, string Kind, int Source, int Units, ImmutableArray<double> Knots, bool IsExact, bool IsSmooth)
{
    /// <summary>Whether these are the network's logits.</summary>
    public bool IsLogits => Kind == "logits";
}
