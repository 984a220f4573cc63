using System.Collections.Immutable;
using Crease.Models;

namespace Crease.Lab;

/// <summary>A plan whose units are soft: the same weights, and β fixed or one more tensor to train.</summary>
internal static class SoftPlan
{
    private const string Role = "logit";

    /// <summary>Softens all activations of a plan.</summary>
    /// <param name="plan">A plan with hard units.</param>
    /// <param name="softness">Where β comes from; null leaves the plan as it is.</param>
    /// <exception cref="ArgumentException">An activation has no soft form, there is none, or an activation that is to have a β per unit follows no dense layer and no convolution.</exception>
    public static NetworkPlan Of(NetworkPlan plan, Softness? softness)
    {
        if (softness is null)
            return plan;
        // Behind all others, so that the numbers that weights start from do not change.
        var tensors = new List<TensorPlan>(plan.Tensors);
        NetworkDescription network = plan.Description;
        ImmutableArray<NodeDescription> nodes = [.. network.Nodes.Select(node => node.Kind switch
        {
            NodeKinds.Relu or NodeKinds.LeakyRelu or NodeKinds.AbsoluteValue or NodeKinds.MaxPooling => Softened(node, network, softness, tensors),
            NodeKinds.Gelu or NodeKinds.Silu => throw new ArgumentException($"'beta' makes hard units soft and the activation is {node.Kind}; pass relu, leaky or abs."),
            _ => node,
        })];
        return nodes.SequenceEqual(network.Nodes)
            ? throw new ArgumentException("'beta' makes hard units soft and the network has none; leave it out, or add a hidden layer.")
            : new NetworkPlan(network with { Nodes = nodes }, [.. tensors]);
    }

    private static NodeDescription Softened(NodeDescription node, NetworkDescription network, Softness softness, List<TensorPlan> tensors)
    {
        if (softness.Scope is not BetaScope scope)
            return node with { Settings = node.Settings.Add("beta", softness.Beta) };
        string name = scope == BetaScope.Network ? $"beta.{Role}" : $"{node.Name}.{Role}";
        if (tensors.TrueForAll(tensor => tensor.Name != name))
            tensors.Add(new TensorPlan(name, [scope == BetaScope.Unit ? Units(node, network, tensors) : 1], TensorStart.Constant, softness.Logit, IsTrained: true));
        return node with { Tensors = node.Tensors.Add(Role, name) };
    }

    // The outputs of the dense layer that an activation follows, or the channels of the convolution: positions of an image share theirs.
    private static int Units(NodeDescription node, NetworkDescription network, List<TensorPlan> tensors)
    {
        NodeDescription at = node;
        while (at.Kind is not (NodeKinds.Dense or NodeKinds.Convolution or NodeKinds.Flatten) && at.Inputs is [string input, ..] && input != NetworkDescription.InputName)
            at = network.Nodes.First(other => other.Name == input);
        return at.Kind is NodeKinds.Dense or NodeKinds.Convolution
            ? tensors.First(tensor => tensor.Name == at.Tensors["weight"]).Extents[0]
            : throw new ArgumentException($"'beta' is learned:unit and node '{node.Name}' follows no dense layer and no convolution; pass learned:layer or learned:network.");
    }
}
