namespace Crease.Geometry;

/// <summary>A fold of the network: the zero set of one unit at one knot, or the tie of two inputs of a maximum.</summary>
/// <param name="Layer">0-based index among the network's piecewise layers, in topological order.</param>
/// <param name="Unit">0-based unit of that layer.</param>
/// <param name="Lower">The piece on the side where the crease's function is negative.</param>
/// <param name="Upper">The piece on the other side.</param>
public readonly record struct CreaseUnit(int Layer, int Unit, int Lower, int Upper);
