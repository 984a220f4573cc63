namespace Crease.Certificates;

/// <summary>A unit that is taken to be on one side of its kink, and the multiplier of that constraint.</summary>
/// <param name="Node">The piecewise node.</param>
/// <param name="Unit">0-based unit.</param>
/// <param name="IsAbove">Whether the pre-activation is at least 0; otherwise it is at most 0.</param>
/// <param name="Multiplier">β, at least 0.</param>
internal readonly record struct UnitDecision(int Node, int Unit, bool IsAbove, double Multiplier);
