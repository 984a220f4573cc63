using System.Collections.Immutable;

namespace Crease.Models;

/// <summary>The operations that a network description may name.</summary>
public static class NodeKinds
{
    /// <summary>W x + b on the last axis; tensors <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs] (may be absent).</summary>
    public const string Dense = "dense";

    /// <summary>2-D convolution; tensors <c>weight</c> [outputs, inputs, rows, columns] and <c>bias</c>; settings <c>stride</c>, <c>padding</c>.</summary>
    public const string Convolution = "convolution";

    /// <summary>Tensors <c>gain</c>, <c>bias</c>, <c>mean</c>, <c>variance</c> [channels]; setting <c>epsilon</c>.</summary>
    public const string BatchNormalization = "batch normalization";

    /// <summary>Over the last axis; tensors <c>gain</c>, <c>bias</c> [width]; setting <c>epsilon</c>.</summary>
    public const string LayerNormalization = "layer normalization";

    /// <summary>max(0, z).</summary>
    public const string Relu = "relu";

    /// <summary>z above 0, setting <c>slope</c> times z below.</summary>
    public const string LeakyRelu = "leaky relu";

    /// <summary>|z|.</summary>
    public const string AbsoluteValue = "absolute value";

    /// <summary>z Φ(z).</summary>
    public const string Gelu = "gelu";

    /// <summary>z / (1 + exp(-z)).</summary>
    public const string Silu = "silu";

    /// <summary>Settings <c>kernel</c>, <c>stride</c>, <c>padding</c>.</summary>
    public const string MaxPooling = "max pooling";

    /// <summary>Settings <c>kernel</c>, <c>stride</c>.</summary>
    public const string AveragePooling = "average pooling";

    /// <summary>All elements on one axis.</summary>
    public const string Flatten = "flatten";

    /// <summary>The sum of all inputs.</summary>
    public const string Sum = "sum";

    /// <summary>Per channel (first axis) times tensor <c>scale</c> plus tensor <c>shift</c> [channels]; normalization of inputs.</summary>
    public const string ChannelScaling = "channel scaling";

    /// <summary>Rows of tensor <c>weight</c> [vocabulary, width] by token; the network's input is [context] tokens, one-hot [context, vocabulary] in Crease.</summary>
    public const string Embedding = "embedding";

    /// <summary>Adds tensor <c>weight</c> [context, width].</summary>
    public const string Positions = "positions";

    /// <summary>
    /// Causal self-attention with setting <c>heads</c>; tensors <c>weight</c> [3 width, width] and <c>bias</c> (queries, keys, values),
    /// <c>output weight</c> [width, width] and <c>output bias</c>.
    /// </summary>
    public const string Attention = "attention";

    /// <summary>The last entry of the first axis.</summary>
    public const string Last = "last";

    /// <summary>All kinds.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Dense, Convolution, BatchNormalization, LayerNormalization, Relu, LeakyRelu, AbsoluteValue, Gelu, Silu, MaxPooling,
        AveragePooling, Flatten, Sum, ChannelScaling, Embedding, Positions, Attention, Last,
    ];
}
