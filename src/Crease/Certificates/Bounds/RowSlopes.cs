namespace Crease.Certificates;

/// <summary>The slopes of lower lines that the limits of single units were reached with: where the ascent of the same limits on a smaller set starts.</summary>
internal sealed class RowSlopes(BoundGraph graph)
{
    private readonly double[]?[]?[]?[] _slopes = new double[graph.Sizes.Length][][][];

    /// <summary>Slopes by hinge node, or null where none are kept.</summary>
    /// <param name="node">The node of the unit.</param>
    /// <param name="unit">0-based unit.</param>
    /// <param name="isUpper">Whether of the upper limit.</param>
    public double[]?[]? Of(int node, int unit, bool isUpper) => _slopes[node]?[2 * unit + (isUpper ? 1 : 0)];

    /// <summary>Keeps the slopes of one limit. Different units may be kept by different threads, once <see cref="Prepare"/> was called.</summary>
    public void Keep(int node, int unit, bool isUpper, double[]?[]? slopes) => _slopes[node]![2 * unit + (isUpper ? 1 : 0)] = slopes;

    /// <summary>Makes room for a node's units.</summary>
    public void Prepare(int node) => _slopes[node] ??= new double[2 * graph.Sizes[node]][][];

    /// <summary>The same for the units that are left of a network.</summary>
    /// <param name="smaller">The network without units that are always 0.</param>
    public RowSlopes In(LiveNetwork smaller)
    {
        var kept = new RowSlopes(smaller.Graph);
        for (int node = 0; node < _slopes.Length; node++)
        {
            if (_slopes[node] is not { } all)
                continue;
            kept.Prepare(node);
            int[] units = smaller.Kept[node] ?? [.. Enumerable.Range(0, graph.Sizes[node])];
            for (int i = 0; i < units.Length; i++)
            {
                foreach (bool isUpper in (bool[])[false, true])
                    kept.Keep(node, i, isUpper, smaller.Select(all[2 * units[i] + (isUpper ? 1 : 0)]));
            }
        }
        return kept;
    }
}
