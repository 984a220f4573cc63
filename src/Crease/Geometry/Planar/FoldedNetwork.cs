using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>A network prepared for cutting: piecewise stages with affine folds between them.</summary>
/// <remarks>
/// Fold t makes frontier t, the block of all values that stage t and what comes after it still need; the pre-activations of stage t
/// come first in it. Fold 0 reads the slice, fold t reads the outputs of stage t - 1 and frontier t - 1; the last one makes the outputs.
/// </remarks>
internal sealed class FoldedNetwork
{
    private PathSizes? _sums, _squares;

    public FoldedNetwork(Network network, int? layers)
    {
        Network = network;
        Output = PiecewiseGraph.LastAffineOrPiecewise(network);
        bool[] needed = PiecewiseGraph.Needed(network, Output);
        ImmutableArray<Node> all = [.. network.Nodes.Where(node => needed[node.Index] && node.Layer.Class == LayerClass.PiecewiseAffine)];
        if (layers is < 1 || layers > Math.Max(1, all.Length))
            throw new ArgumentException($"'Layers' is {layers}; expected 1 to {all.Length}, the number of piecewise layers.", nameof(layers));
        Layers = layers is int limit && limit < all.Length ? all[..limit] : all;
        if (Layers.Length < all.Length)
        {
            Output = all[Layers.Length].Inputs[0];
            needed = PiecewiseGraph.Needed(network, [Output, .. Layers.Select(node => node.Index)]);
        }
        Stages = new Stage[Layers.Length];
        for (int t = 0; t < Stages.Length; t++)
            Stages[t] = new Stage(t, Layers[t]) { PoolsRelu = t > 0 && Stages[t - 1].IsRelu && Layers[t].Inputs[0] == Layers[t - 1].Index ? t - 1 : null };
        Segments = SegmentsOf(network, Layers);
        Folds = new Fold[Stages.Length + 1];
        for (int t = 0; t < Folds.Length; t++)
            Folds[t] = Fold.Between(this, needed, t, t == 0 ? null : Folds[t - 1]);
        Creases = new CreaseIndex(Layers);
        Chain = LocalNetwork.Of(Stages, Folds);
        HasWindows = Array.Exists(Stages, stage => stage.Pooling is not null);
        IsReducible = Chain is null && Stages.Length > 1 && Array.TrueForAll(Stages, stage => stage.Pooling is not null || stage.IsRelu);
    }

    public Network Network { get; }

    /// <summary>The node whose value is partitioned: the first output, before a final softmax or sigmoid.</summary>
    public int Output { get; }

    /// <summary>The final smooth node that was set aside, or null.</summary>
    public Node? SetAside => Network.Nodes.LastOrDefault(node => node.Index > Output && node.Layer is SmoothLayer);

    public ImmutableArray<Node> Layers { get; }

    public Stage[] Stages { get; }

    public Fold[] Folds { get; }

    /// <summary>Per node the number of stages that must be decided before it is affine.</summary>
    public int[] Segments { get; }

    public CreaseIndex Creases { get; }

    /// <summary>Sizes that proved bounds rest on, and those that expected ones do; found on first use.</summary>
    public PathSizes Sums => _sums ??= PathSizes.Sums(this);

    public PathSizes Squares => _squares ??= PathSizes.Squares(this);

    /// <summary>All of the network as a chain of dense layers and ReLUs, or null when it is something else.</summary>
    public LocalNetwork? Chain { get; }

    /// <summary>Whether some stage is a max pooling.</summary>
    public bool HasWindows { get; }

    /// <summary>Whether cells can carry reduced networks although the network is no chain: all stages are ReLUs or max poolings.</summary>
    public bool IsReducible { get; }

    /// <summary>Most units of a stage.</summary>
    public int MostUnits => Stages.Max(stage => stage.Units);

    public int Outputs => Network.Nodes[Output].Shape.Size;

    private static int[] SegmentsOf(Network network, ImmutableArray<Node> layers)
    {
        var segments = new int[network.Nodes.Length];
        foreach (Node node in network.Nodes)
        {
            foreach (int input in node.Inputs)
                segments[node.Index] = Math.Max(segments[node.Index], segments[input]);
            int stage = layers.IndexOf(node);
            if (stage >= 0)
                segments[node.Index] = stage + 1;
        }
        return segments;
    }
}
