using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Which affine nodes are evaluated once so many stages are decided.</summary>
internal sealed class SegmentPlan
{
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
        Flops = Array.ConvertAll(Affine, nodes => 2.0 * nodes.Sum(node => node.Layer.Flops));
    }

    public FoldedNetwork Folded { get; }

    /// <summary>All nodes that the outputs and the stages need, in topological order.</summary>
    public Node[] Nodes { get; }

    /// <summary>Per number of decided stages the affine nodes that become known, in topological order.</summary>
    public Node[][] Affine { get; }

    /// <summary>Floating-point operations that each of these groups takes on two columns.</summary>
    public double[] Flops { get; }

    /// <summary>Bytes that one worker holds: two columns per node.</summary>
    public long WorkerBytes => Nodes.Sum(node => 16L * node.Shape.Size);
}
