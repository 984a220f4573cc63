using System.Collections.Immutable;

namespace Crease.Models;

/// <summary>The operations that a network description may name.</summary>
public static class NodeKinds
{
    /// <summary>W x + b on the last axis; tensors <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs] (may be absent).</summary>
    public const string Dense = "dense";

    /// <summary>2-D convolution; tensors <c>weight</c> [outputs, inputs, rows, columns] and <c>bias</c>; settings <c>groups</c> and those of windows.</summary>
    /// <remarks>
    /// Settings of windows: <c>stride</c>, <c>padding</c> (1 and 0 where absent) and <c>dilation</c> are of both axes and all sides; <c>stride columns</c>, <c>padding bottom</c>, <c>padding left</c>, <c>padding right</c>,
    /// <c>dilation columns</c> differ from them; <c>ceiling</c> 1 keeps a last window that fits in part.
    /// </remarks>
    public const string Convolution = "convolution";

    /// <summary>Tensors <c>gain</c>, <c>bias</c>, <c>mean</c>, <c>variance</c> [channels]; setting <c>epsilon</c>.</summary>
    public const string BatchNormalization = "batch normalization";

    /// <summary>Over the last axis; tensors <c>gain</c>, <c>bias</c> [width]; setting <c>epsilon</c>.</summary>
    public const string LayerNormalization = "layer normalization";

    /// <summary>max(0, z). Like the next two and max pooling it may be soft (a β-VQ unit): setting <c>beta</c> in (0, 1) or tensor <c>beta</c> [1], [units] or, of images, [channels], or tensor <c>logit</c> of the same shapes with β = 1 / (1 + exp(-logit)).</summary>
    public const string Relu = "relu";

    /// <summary>z above 0, setting <c>slope</c> or tensor <c>slopes</c> [units] times z below.</summary>
    public const string LeakyRelu = "leaky relu";

    /// <summary>|z|.</summary>
    public const string AbsoluteValue = "absolute value";

    /// <summary>Any element-wise function of straight pieces: tensors <c>knots</c> [knots] and <c>slopes</c> [knots + 1] or [units, knots + 1], setting <c>anchor</c>, the value at the first knot. May be soft where it is convex.</summary>
    public const string PiecewiseLinear = "piecewise linear";

    /// <summary>z Φ(z).</summary>
    public const string Gelu = "gelu";

    /// <summary>z / (1 + exp(-z)).</summary>
    public const string Silu = "silu";

    /// <summary>Settings <c>kernel</c> (and <c>kernel columns</c>), and those of windows; the stride is the kernel where absent.</summary>
    public const string MaxPooling = "max pooling";

    /// <summary>Settings as of max pooling; <c>count padding</c> 1 counts padded elements.</summary>
    public const string AveragePooling = "average pooling";

    /// <summary>exp(z) normalized to sum 1 along setting <c>axis</c>.</summary>
    public const string Softmax = "softmax";

    /// <summary>The logarithm of a softmax along setting <c>axis</c>.</summary>
    public const string LogSoftmax = "log-softmax";

    /// <summary>All elements on one axis.</summary>
    public const string Flatten = "flatten";

    /// <summary>The same elements under another shape: tensor <c>shape</c> [axes].</summary>
    public const string Reshape = "reshape";

    /// <summary>Inputs joined along setting <c>axis</c>.</summary>
    public const string Concatenation = "concatenation";

    /// <summary>The sum of all inputs, each times its entry of tensor <c>signs</c> [inputs] (1 where absent).</summary>
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

    /// <summary>Smooth functions of one argument: GELU and its form by tanh, SiLU, sigmoid, tanh, error function.</summary>
    public static ImmutableArray<string> Functions { get; } = [Gelu, "gelu (tanh)", Silu, "sigmoid", "tanh", "erf"];

    /// <summary>Kinds of networks on tokens, whose layers have no kind of their own once they are read.</summary>
    internal static ImmutableArray<string> TokensOnly { get; } = [LayerNormalization, Embedding, Positions, Attention, Last];

    /// <summary>All kinds.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Dense, Convolution, BatchNormalization, LayerNormalization, Relu, LeakyRelu, AbsoluteValue, PiecewiseLinear, .. Functions, Softmax, LogSoftmax, MaxPooling,
        AveragePooling, Flatten, Reshape, Concatenation, Sum, ChannelScaling, Embedding, Positions, Attention, Last,
    ];
}
