using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>A network prepared for bounds: its layers as steps, and which nodes lead from the input to the output.</summary>
internal sealed class BoundGraph
{
    /// <summary>Prepares a network.</summary>
    /// <param name="network">One input; affine and piecewise-affine layers up to the output.</param>
    /// <param name="output">Index of the node that is bounded; null for the first output.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or a smooth layer, which is named.</exception>
    public BoundGraph(Network network, int? output = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; bounds take a network with one.", nameof(network));
        (Network, Output, Input) = (network, output ?? network.Outputs[0], network.Inputs[0]);
        int nodes = network.Nodes.Length;
        IsNeeded = new bool[nodes];
        IsNeeded[Output] = true;
        for (int n = Output; n >= 0; n--)
        {
            foreach (int input in IsNeeded[n] ? network.Nodes[n].Inputs : [])
                IsNeeded[input] = true;
        }
        IsNeeded[Input] = true;
        (Affine, Piecewise) = (new AffineStep?[nodes], new PiecewiseStep?[nodes]);
        var before = new SortedSet<int>();
        foreach (Node node in network.Nodes.Where(node => IsNeeded[node.Index] && node.Layer is not InputLayer))
        {
            if (node.Layer.Class == LayerClass.Smooth)
                throw new ArgumentException($"node '{node.Name}' is smooth ({node.Layer.Kind}); bounds are for affine and piecewise-affine layers");
            Piecewise[node.Index] = PiecewiseStep.Of(node);
            if (Piecewise[node.Index] is null)
                Affine[node.Index] = AffineStep.Of(node);
            else
                before.Add(node.Inputs[0]);
        }
        Bounded = [.. before];
        Sizes = [.. network.Nodes.Select(node => node.Shape.Size)];
    }

    public Network Network { get; }

    /// <summary>Index of the bounded node.</summary>
    public int Output { get; }

    /// <summary>Index of the input node.</summary>
    public int Input { get; }

    public bool[] IsNeeded { get; }

    public AffineStep?[] Affine { get; }

    public PiecewiseStep?[] Piecewise { get; }

    /// <summary>Nodes that feed a piecewise layer, in topological order: those whose ranges matter.</summary>
    public int[] Bounded { get; }

    /// <summary>Size of every node.</summary>
    public int[] Sizes { get; }

    /// <summary>Inputs of a node.</summary>
    public ReadOnlySpan<int> InputsOf(int node) => Network.Nodes[node].Inputs.AsSpan();

    /// <summary>New lines of the piecewise layers behind a node.</summary>
    public void Relax(int node, Ranges ranges)
    {
        foreach ((int n, PiecewiseStep step) in Behind(node))
        {
            ranges.Lines[n] = step.NewLines();
            step.Relax(ranges.Lower[node], ranges.Upper[node], ranges.Lines[n]);
        }
    }

    /// <summary>Units of a node that some piecewise layer behind it is not settled at, in order.</summary>
    public List<int> Unstable(int node, Ranges ranges)
    {
        var open = new SortedSet<int>();
        foreach ((_, PiecewiseStep step) in Behind(node))
        {
            for (int unit = 0; unit < step.Units; unit++)
            {
                if (step is PoolingStep pooling && !step.IsStable(unit, ranges.Lower[node], ranges.Upper[node]))
                    open.UnionWith(pooling.CandidatesOf(unit));
                else if (step is ElementStep && !step.IsStable(unit, ranges.Lower[node], ranges.Upper[node]))
                    open.Add(unit);
            }
        }
        return [.. open];
    }

    private IEnumerable<(int Node, PiecewiseStep Step)> Behind(int node)
    {
        for (int n = node + 1; n <= Output; n++)
        {
            if (Piecewise[n] is { } step && Network.Nodes[n].Inputs[0] == node && IsNeeded[n])
                yield return (n, step);
        }
    }
}
