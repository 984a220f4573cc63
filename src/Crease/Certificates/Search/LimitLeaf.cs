namespace Crease.Certificates;

/// <summary>A leaf of the tree of a limit, without what can be made anew from its decisions: trees may have thousands of leaves.</summary>
/// <param name="Bound">The best proved bound.</param>
/// <param name="Decisions">What restricts the inputs, with multipliers.</param>
/// <param name="Slopes">Slopes of lower lines by hinge node.</param>
/// <param name="Place">The unit to divide at; null where the lines miss nothing.</param>
internal sealed record LimitLeaf(double Bound, UnitDecision[] Decisions, double[]?[]? Slopes, (int Node, int Unit)? Place);
