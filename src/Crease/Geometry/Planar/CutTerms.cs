using Crease.Networks;

namespace Crease.Geometry;

/// <summary>What all workers of one cut go by.</summary>
/// <param name="Slice">The slice in the coordinates that are cut.</param>
/// <param name="Options">What is asked for.</param>
/// <param name="Limits">When to stop early.</param>
/// <param name="Rounding">Below what a sign is in doubt.</param>
/// <param name="Center">Values at the center, where differences from them are cut; else null.</param>
internal sealed record CutTerms(Slice Slice, CutOptions Options, CutLimits Limits, Rounding Rounding, CenterValues? Center);
