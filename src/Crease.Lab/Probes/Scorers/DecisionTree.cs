namespace Crease.Lab;

/// <summary>A decision tree in flat arrays; a child below 0 is the leaf ~child.</summary>
/// <param name="Features">Column that a node looks at. Shape [nodes].</param>
/// <param name="Thresholds">At most this goes left. Shape [nodes].</param>
/// <param name="Left">Children, later nodes or leaves. Shape [nodes].</param>
/// <param name="Right">Children, later nodes or leaves. Shape [nodes].</param>
/// <param name="Leaves">Weighted mean of the classes -1 and 1. Shape [nodes + 1].</param>
internal sealed record DecisionTree(int[] Features, double[] Thresholds, int[] Left, int[] Right, double[] Leaves)
{
    /// <summary>The leaf of a row, in [-1, 1].</summary>
    public double Of(IProbeRows rows, int row)
    {
        int node = Features.Length == 0 ? -1 : 0;
        // Single precision, as the trees were grown.
        while (node >= 0)
            node = (float)rows[row, Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
        return Leaves[~node];
    }
}
