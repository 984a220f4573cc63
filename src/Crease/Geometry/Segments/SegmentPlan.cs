using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Which affine nodes are evaluated once so many stages are decided, and which windows a value competes in.</summary>
internal sealed class SegmentPlan
{
    private readonly double[]?[] _dense;
    private readonly int[][]?[] _windowsOf;

    public SegmentPlan(FoldedNetwork folded)
    {
        Network network = folded.Network;
        var needed = new bool[network.Nodes.Length];
        needed[folded.Output] = true;
        foreach (Node layer in folded.Layers)
            needed[layer.Index] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            foreach (int input in needed[i] ? network.Nodes[i].Inputs : [])
                needed[input] = true;
        }
        Folded = folded;
        Nodes = [.. network.Nodes.Where(node => needed[node.Index])];
        Affine = [.. Enumerable.Range(0, folded.Stages.Length + 1)
            .Select(t => Nodes.Where(node => folded.Segments[node.Index] == t && node.Layer is AffineLayer).ToArray())];
        _dense = new double[network.Nodes.Length][];
        _windowsOf = [.. folded.Stages.Select(stage => stage.Pooling is null ? null : WindowsOf(stage.Windows, stage.Rows))];
    }

    public FoldedNetwork Folded { get; }

    /// <summary>All nodes that the outputs and the stages need, in topological order.</summary>
    public Node[] Nodes { get; }

    /// <summary>Per number of decided stages the affine nodes that become known, in topological order.</summary>
    public Node[][] Affine { get; }

    /// <summary>Bytes that one worker holds: two columns per node, and how they differ from those of the interval before.</summary>
    public long WorkerBytes => Nodes.Sum(node => 37L * node.Shape.Size);

    /// <summary>Per row of a pooling stage the windows that it competes in.</summary>
    public int[][] WindowsOf(int stage) => _windowsOf[stage]!;

    /// <summary>The matrix of a node that is one dense layer over a vector, column by column; null for any other.</summary>
    /// <remarks>Two workers may find it at once; they find the same numbers.</remarks>
    public double[]? DenseColumns(Node node) =>
        node.Layer is not Dense dense || node.Shape.Size != dense.Outputs ? null : Volatile.Read(ref _dense[node.Index]) ?? Transpose(node, dense);

    private double[] Transpose(Node node, Dense dense)
    {
        ReadOnlySpan<double> weights = dense.Weights.Values;
        var columns = new double[weights.Length];
        for (int o = 0; o < dense.Outputs; o++)
        {
            for (int i = 0; i < dense.Inputs; i++)
                columns[i * dense.Outputs + o] = weights[o * dense.Inputs + i];
        }
        Volatile.Write(ref _dense[node.Index], columns);
        return columns;
    }

    private static int[][] WindowsOf(int[][] windows, int rows)
    {
        var found = new List<int>?[rows];
        for (int window = 0; window < windows.Length; window++)
        {
            foreach (int row in windows[window])
                (found[row] ??= []).Add(window);
        }
        return Array.ConvertAll(found, list => list is null ? [] : list.ToArray());
    }
}
