using Crease.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Crease.Lab;

/// <summary>A described network as calls of libtorch on given tensors.</summary>
/// <remarks>Not thread-safe: one caller at a time.</remarks>
internal sealed class TorchNetwork
{
    private const double StatisticsMomentum = 0.1;

    private readonly List<(Func<torch.Tensor[], bool, torch.Tensor> Value, int[] Inputs)> _steps = [];
    private readonly IReadOnlyDictionary<string, torch.Tensor> _tensors;
    private readonly int _output;

    /// <param name="description">The graph.</param>
    /// <param name="tensors">Every tensor that it names; used where they are, not copied.</param>
    public TorchNetwork(NetworkDescription description, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        _tensors = tensors;
        var slots = new Dictionary<string, int> { [NetworkDescription.InputName] = 0 };
        foreach (NodeDescription node in description.Nodes)
        {
            _steps.Add((Step(node), [.. node.Inputs.Select(input => slots[input])]));
            slots[node.Name] = _steps.Count;
        }
        _output = slots[description.Output];
    }

    /// <summary>The network's value at a batch.</summary>
    /// <param name="input">Shape [batch, ...]; tokens are 64-bit integers [batch, context].</param>
    /// <param name="isTraining">Whether batch normalization uses the batch and updates its running statistics.</param>
    public torch.Tensor Value(torch.Tensor input, bool isTraining)
    {
        var values = new torch.Tensor[_steps.Count + 1];
        values[0] = input;
        for (int i = 0; i < _steps.Count; i++)
            values[i + 1] = _steps[i].Value([.. _steps[i].Inputs.Select(slot => values[slot])], isTraining);
        return values[_output];
    }

    private Func<torch.Tensor[], bool, torch.Tensor> Step(NodeDescription node)
    {
        torch.Tensor? Of(string role) => node.Tensors.TryGetValue(role, out string? name) ? _tensors[name] : null;
        torch.Tensor weight = Of("weight")!, bias = Of("bias")!, gain = Of("gain")!;
        double epsilon = node.Setting("epsilon", 1e-5), slope = node.Setting("slope", 0.01);
        if (SoftUnitSteps.Of(node, Of("logit")) is { } soft)
            return (x, _) => soft(x[0]);
        long kernel = node.Whole("kernel", 2);
        switch (node.Kind)
        {
            case NodeKinds.Dense:
                return (x, _) => F.linear(x[0], weight, bias);
            case NodeKinds.Convolution:
                long[] strides = [node.Whole("stride", 1), node.Whole("stride", 1)], padding = [node.Whole("padding", 0), node.Whole("padding", 0)];
                return (x, _) => F.conv2d(x[0], weight, bias, strides, padding, groups: node.Whole("groups", 1));
            case NodeKinds.BatchNormalization:
                torch.Tensor mean = Of("mean")!, variance = Of("variance")!;
                return (x, isTraining) => F.batch_norm(x[0], mean, variance, gain, bias, isTraining, StatisticsMomentum, epsilon);
            case NodeKinds.LayerNormalization:
                long[] normalized = gain.shape;
                return (x, _) => F.layer_norm(x[0], normalized, gain, bias, epsilon);
            case NodeKinds.Relu:
                return (x, _) => x[0].relu();
            case NodeKinds.LeakyRelu:
                return (x, _) => F.leaky_relu(x[0], slope);
            case NodeKinds.AbsoluteValue:
                return (x, _) => x[0].abs();
            case NodeKinds.Gelu:
                return (x, _) => F.gelu(x[0]);
            case NodeKinds.Silu:
                return (x, _) => F.silu(x[0]);
            case NodeKinds.MaxPooling:
                return (x, _) => F.max_pool2d(x[0], [kernel, kernel], [node.Whole("stride", (int)kernel), node.Whole("stride", (int)kernel)], [node.Whole("padding", 0), node.Whole("padding", 0)]);
            case NodeKinds.AveragePooling:
                return (x, _) => F.avg_pool2d(x[0], [kernel, kernel], [node.Whole("stride", (int)kernel), node.Whole("stride", (int)kernel)]);
            case NodeKinds.Flatten:
                return (x, _) => x[0].flatten(1);
            case NodeKinds.Sum:
                return (x, _) => x.Skip(1).Aggregate(x[0], (sum, value) => sum.Plus(value));
            case NodeKinds.ChannelScaling:
                torch.Tensor scale = Of("scale")!, shift = Of("shift")!;
                return (x, _) => (x[0] * PerChannel(scale, x[0])).Plus(PerChannel(shift, x[0]));
            case NodeKinds.Embedding:
                return (x, _) => weight.index_select(0, x[0].flatten()).view(x[0].shape[0], x[0].shape[1], weight.shape[1]);
            case NodeKinds.Positions:
                return (x, _) => x[0].Plus(weight);
            case NodeKinds.Attention:
                torch.Tensor outputWeight = Of("output weight")!, outputBias = Of("output bias")!;
                return (x, _) => F.linear(Attended(F.linear(x[0], weight, bias), node.Whole("heads", 1)), outputWeight, outputBias);
            case NodeKinds.Last:
                return (x, _) => x[0].select(1, x[0].shape[1] - 1);
            default:
                throw new InvalidOperationException($"Node '{node.Name}' is of kind '{node.Kind}', which cannot be trained; accepted are {string.Join(", ", NodeKinds.All)}.");
        }
    }

    private static torch.Tensor PerChannel(torch.Tensor channels, torch.Tensor like) => channels.view([channels.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 2)]);

    private static torch.Tensor Attended(torch.Tensor projected, int heads)
    {
        long batch = projected.shape[0], context = projected.shape[1], width = projected.shape[2] / 3;
        torch.Tensor split = projected.view(batch, context, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
        return F.scaled_dot_product_attention(split.select(0, 0), split.select(0, 1), split.select(0, 2), is_casual: true).transpose(1, 2).reshape(batch, context, width);
    }
}
