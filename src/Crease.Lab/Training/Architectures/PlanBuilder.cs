using System.Collections.Immutable;
using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>Collects the operations and tensors of a network to train; every method returns the name of the node it adds.</summary>
internal sealed class PlanBuilder(string name, Shape inputShape, Activation activation)
{
    private readonly List<NodeDescription> _nodes = [];
    private readonly List<TensorPlan> _tensors = [];
    private int _activations;

    public NetworkPlan Build(string output) => new(new NetworkDescription(name, inputShape, [.. _nodes], output), [.. _tensors]);

    /// <summary>W x + b with PyTorch's default start, uniform within ±1 / √(inputs).</summary>
    public string Dense(string node, string input, int inputs, int outputs) => Add(node, NodeKinds.Dense, [input], Affine(node, [outputs, inputs], inputs, bias: true));

    public string Convolution(string node, string input, int channels, int outputs, int kernel, int stride, bool bias = true) =>
        Add(node, NodeKinds.Convolution, [input], Affine(node, [outputs, channels, kernel, kernel], channels * kernel * kernel, bias), ("stride", stride), ("padding", kernel / 2));

    public string BatchNormalization(string node, string input, int channels) => Add(
        node,
        NodeKinds.BatchNormalization,
        [input],
        [
            ("gain", Tensor($"{node}.gain", [channels], TensorStart.Constant, 1)),
            ("bias", Tensor($"{node}.bias", [channels], TensorStart.Constant, 0)),
            ("mean", Tensor($"{node}.mean", [channels], TensorStart.Constant, 0, isTrained: false)),
            ("variance", Tensor($"{node}.variance", [channels], TensorStart.Constant, 1, isTrained: false)),
        ],
        ("epsilon", 1e-5));

    public string LayerNormalization(string node, string input, int width) => Add(
        node,
        NodeKinds.LayerNormalization,
        [input],
        [("gain", Tensor($"{node}.gain", [width], TensorStart.Constant, 1)), ("bias", Tensor($"{node}.bias", [width], TensorStart.Constant, 0))],
        ("epsilon", 1e-5));

    public string Activate(string input)
    {
        (string kind, (string, double)[] settings) = activation switch
        {
            Activation.Leaky => (NodeKinds.LeakyRelu, new[] { ("slope", 0.01) }),
            Activation.Gelu => (NodeKinds.Gelu, []),
            Activation.Silu => (NodeKinds.Silu, []),
            Activation.Abs => (NodeKinds.AbsoluteValue, []),
            _ => (NodeKinds.Relu, []),
        };
        return Add($"activation{++_activations}", kind, [input], [], settings);
    }

    public string AveragePooling(string node, string input, int kernel) => Add(node, NodeKinds.AveragePooling, [input], [], ("kernel", kernel), ("stride", kernel));

    public string Flatten(string node, string input) => Add(node, NodeKinds.Flatten, [input], []);

    public string Sum(string node, string left, string right) => Add(node, NodeKinds.Sum, [left, right], []);

    public string Last(string node, string input) => Add(node, NodeKinds.Last, [input], []);

    public string Embedding(string node, string input, int vocabulary, int width) =>
        Add(node, NodeKinds.Embedding, [input], [("weight", Tensor($"{node}.weight", [vocabulary, width], TensorStart.Normal, 1 / Math.Sqrt(width)))]);

    public string Positions(string node, string input, int context, int width) =>
        Add(node, NodeKinds.Positions, [input], [("weight", Tensor($"{node}.weight", [context, width], TensorStart.Normal, 1 / Math.Sqrt(width)))]);

    public string Attention(string node, string input, int width, int heads)
    {
        (string Role, string Tensor)[] inner = Affine(node, [3 * width, width], width, bias: true), outer = Affine($"{node}.output", [width, width], width, bias: true);
        return Add(node, NodeKinds.Attention, [input], [.. inner, .. outer.Select(entry => ($"output {entry.Role}", entry.Tensor))], ("heads", heads));
    }

    /// <summary>A fixed scale and shift per channel, whose numbers are set from the training data.</summary>
    public string ChannelScaling(string node, string input, int channels) => Add(
        node,
        NodeKinds.ChannelScaling,
        [input],
        [("scale", Tensor($"{node}.scale", [channels], TensorStart.Constant, 1, isTrained: false)), ("shift", Tensor($"{node}.shift", [channels], TensorStart.Constant, 0, isTrained: false))]);

    private (string, string)[] Affine(string node, int[] extents, int fanIn, bool bias)
    {
        double bound = 1 / Math.Sqrt(fanIn);
        var weight = ("weight", Tensor($"{node}.weight", extents, TensorStart.Uniform, bound));
        return bias ? [weight, ("bias", Tensor($"{node}.bias", [extents[0]], TensorStart.Uniform, bound))] : [weight];
    }

    private string Tensor(string tensor, int[] extents, TensorStart start, double spread, bool isTrained = true)
    {
        _tensors.Add(new TensorPlan(tensor, extents, start, spread, isTrained));
        return tensor;
    }

    private string Add(string node, string kind, string[] inputs, (string Role, string Tensor)[] tensors, params (string Name, double Value)[] settings)
    {
        _nodes.Add(new NodeDescription(node, kind, [.. inputs])
        {
            Tensors = tensors.ToImmutableSortedDictionary(entry => entry.Role, entry => entry.Tensor, StringComparer.Ordinal),
            Settings = settings.ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal),
        });
        return node;
    }
}
