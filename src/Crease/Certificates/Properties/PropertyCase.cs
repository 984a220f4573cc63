using System.Collections.Immutable;

namespace Crease.Certificates;

/// <summary>A box of inputs and the sets of outputs that must not occur on it.</summary>
/// <param name="Region">The box, limits rounded outward.</param>
/// <param name="Unsafe">Sets of outputs, each the points that satisfy all constraints of one entry. An entry without constraints holds every output.</param>
public sealed record PropertyCase(InputRegion Region, ImmutableArray<ImmutableArray<OutputConstraint>> Unsafe)
{
    /// <summary>Limits rounded inward: what a counterexample must keep. Where they cross, no double lies between the exact limits.</summary>
    internal (double[] Lower, double[] Upper)? Inner { get; init; }

    /// <summary>A ball that the inputs lie in besides the box; null for the whole box.</summary>
    internal InputBall? Ball { get; init; }

    internal double[] InnerLower => Inner?.Lower ?? Region.LowerLimits;

    internal double[] InnerUpper => Inner?.Upper ?? Region.UpperLimits;
}
