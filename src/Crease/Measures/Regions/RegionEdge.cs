using Crease.Geometry;

namespace Crease.Measures;

/// <summary>Two regions on both sides of a crease.</summary>
/// <param name="First">0-based region, the smaller one.</param>
/// <param name="Second">0-based region.</param>
/// <param name="Crease">The unit that folds between them; of several along one line the first in the network.</param>
/// <param name="Length">Length of the shared side, in slice units.</param>
public readonly record struct RegionEdge(int First, int Second, CreaseUnit Crease, double Length);
