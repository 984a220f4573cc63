using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How the vertices of many cross-polytopes go through a network: what is affine in the input, what is counted, where values are kept.</summary>
internal sealed class HullPlan
{
    // Powers, roots and exponentials are steps of a written-out normalization or activation, not activations.
    private static readonly string[] Arithmetic = ["power", "square root", "reciprocal", "exponential", "logarithm"];

    public HullPlan(Network network)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; local complexity needs a network with one.", nameof(network));
        Network = network;
        int count = network.Nodes.Length;
        IsAffine = new bool[count];
        foreach (Node node in network.Nodes)
            IsAffine[node.Index] = node.Layer is InputLayer || (node.Layer is AffineLayer && node.Inputs.All(i => IsAffine[i]));
        Layers = Counted();
        CountedAt = new int[count];
        Array.Fill(CountedAt, -1);
        for (int l = 0; l < Layers.Length; l++)
            CountedAt[Layers[l].Source] = l;
        IsNeeded = new bool[count];
        for (int n = count - 1; n >= 0; n--)
        {
            IsNeeded[n] |= CountedAt[n] >= 0;
            foreach (int input in IsNeeded[n] ? network.Nodes[n].Inputs : [])
                IsNeeded[input] = true;
        }
        NeedsVertices = new bool[count];
        LastUse = new int[count];
        foreach (Node node in network.Nodes.Where(node => IsNeeded[node.Index] && !IsAffine[node.Index]))
        {
            NeedsVertices[node.Index] = true;
            LastUse[node.Index] = node.Index;
            foreach (int input in node.Inputs)
                (NeedsVertices[input], LastUse[input]) = (true, node.Index);
        }
        AssignSlots();
        Products = new LayerProduct?[count];
        foreach (Node node in network.Nodes.Where(node => IsNeeded[node.Index]))
            Products[node.Index] = LayerProduct.Of(node.Layer);
    }

    public Network Network { get; }

    /// <summary>Pre-activations that are counted, in topological order, the logits last.</summary>
    public ImmutableArray<CountedLayer> Layers { get; }

    /// <summary>Whether a node is an affine function of the input. Shape [nodes].</summary>
    public bool[] IsAffine { get; }

    /// <summary>Whether something counted depends on a node. Shape [nodes].</summary>
    public bool[] IsNeeded { get; }

    /// <summary>The counted layer whose pre-activations a node's values are, or -1. Shape [nodes].</summary>
    public int[] CountedAt { get; }

    /// <summary>Whether a node is evaluated at every vertex: it is not affine in the input, or a node that is not takes it. Shape [nodes].</summary>
    public bool[] NeedsVertices { get; }

    /// <summary>Index of the last node that takes a node's values at the vertices. Shape [nodes].</summary>
    public int[] LastUse { get; }

    /// <summary>Which buffer keeps a node's values at the vertices. Shape [nodes].</summary>
    public int[] Slots { get; private set; } = [];

    /// <summary>Elements per vertex of each buffer.</summary>
    public int[] SlotSizes { get; private set; } = [];

    /// <summary>Fast products of dense and convolutional layers, else null. Shape [nodes].</summary>
    public LayerProduct?[] Products { get; }

    /// <summary>The largest value of a node that is evaluated at vertices, in elements.</summary>
    public int Widest => SlotSizes.Append(1).Max();

    public static bool IsActivation(Layer layer) => layer is PiecewiseLinear
        || (layer is SmoothFunction smooth && !Arithmetic.Any(kind => smooth.Kind.StartsWith(kind, StringComparison.Ordinal)));

    private ImmutableArray<CountedLayer> Counted()
    {
        Node output = Network.Nodes[Network.Outputs[0]];
        // A final softmax or sigmoid changes no order: its input are the logits.
        Node last = output.Layer is SmoothLayer { IsMonotone: true } ? Network.Nodes[output.Inputs[0]] : output;
        bool isSetAside = last != output;
        var layers = new List<CountedLayer>();
        foreach (Node node in Network.Nodes)
        {
            if (!IsActivation(node.Layer) || (isSetAside && node == output))
                continue;
            int source = node.Inputs[0], known = layers.FindIndex(layer => layer.Source == source);
            ImmutableArray<double> knots = node.Layer is PiecewiseLinear function ? function.Knots : [0];
            if (known < 0)
                layers.Add(new CountedLayer(node.Name, node.Layer.Kind, source, Network.Nodes[source].Shape.Size, knots, IsAffine[source], node.Layer is SmoothFunction));
            else
                layers[known] = layers[known] with { Knots = [.. layers[known].Knots.Union(knots).Order()] };
        }
        layers.Sort((a, b) => a.Source.CompareTo(b.Source));
        // What an activation gives is no logit: its pre-activation is counted already.
        if (!IsActivation(last.Layer) && layers.All(layer => layer.Source != last.Index))
            layers.Add(new CountedLayer(last.Name, "logits", last.Index, last.Shape.Size, [0], IsAffine[last.Index], false));
        return [.. layers];
    }

    // Values live from their node to its last user; a buffer is taken over when its value has died.
    private void AssignSlots()
    {
        Slots = new int[Network.Nodes.Length];
        var sizes = new List<int>();
        var free = new List<int>();
        foreach (Node node in Network.Nodes.Where(node => NeedsVertices[node.Index]))
        {
            // An affine node takes nothing from the buffers: its values come from the sample and the directions.
            int[] dying = [.. node.Inputs.Where(_ => !IsAffine[node.Index]).Distinct().Where(i => LastUse[i] == node.Index)];
            // Element-wise functions write over their input.
            bool inPlace = node.Layer is PiecewiseLinear or SmoothFunction && dying.Length == 1;
            if (inPlace)
            {
                Slots[node.Index] = Slots[dying[0]];
                continue;
            }
            int slot = free.Count == 0 ? sizes.Count : free.OrderBy(s => Math.Abs((long)sizes[s] - node.Shape.Size)).First();
            if (slot == sizes.Count)
                sizes.Add(0);
            free.Remove(slot);
            sizes[slot] = Math.Max(sizes[slot], node.Shape.Size);
            Slots[node.Index] = slot;
            free.AddRange(dying.Select(i => Slots[i]));
            if (LastUse[node.Index] == node.Index)
                free.Add(slot);
        }
        SlotSizes = [.. sizes];
    }
}
