using System.Collections.Immutable;

namespace Crease.Models;

/// <summary>What a node of each kind may hold: a misspelled bias or padding would be another network, not an error.</summary>
internal static class NodeFields
{
    private static readonly ImmutableArray<string> Betas = ["beta", "logit"];

    /// <summary>Roles of tensors that a kind takes.</summary>
    public static ImmutableArray<string> Tensors(string kind) => kind switch
    {
        NodeKinds.Dense or NodeKinds.Convolution => ["weight", "bias"],
        NodeKinds.BatchNormalization => ["gain", "bias", "mean", "variance"],
        NodeKinds.LayerNormalization => ["gain", "bias"],
        NodeKinds.Relu or NodeKinds.AbsoluteValue or NodeKinds.MaxPooling => Betas,
        NodeKinds.LeakyRelu => ["slopes", .. Betas],
        NodeKinds.PiecewiseLinear => ["knots", "slopes", .. Betas],
        NodeKinds.Reshape => ["shape"],
        NodeKinds.Sum => ["signs"],
        NodeKinds.ChannelScaling => ["scale", "shift"],
        NodeKinds.Embedding or NodeKinds.Positions => ["weight"],
        NodeKinds.Attention => ["weight", "bias", "output weight", "output bias"],
        _ => [],
    };

    /// <summary>Settings that a kind takes.</summary>
    public static ImmutableArray<string> Settings(string kind) => kind switch
    {
        NodeKinds.Convolution => [.. WindowSettings.Names, "groups"],
        NodeKinds.BatchNormalization or NodeKinds.LayerNormalization => ["epsilon"],
        NodeKinds.Relu or NodeKinds.AbsoluteValue => ["beta"],
        NodeKinds.LeakyRelu => ["slope", "beta"],
        NodeKinds.PiecewiseLinear => ["anchor", "beta"],
        NodeKinds.MaxPooling => ["kernel", "kernel columns", .. WindowSettings.Names, "beta"],
        NodeKinds.AveragePooling => ["kernel", "kernel columns", .. WindowSettings.Names, "count padding"],
        NodeKinds.Concatenation or NodeKinds.Softmax or NodeKinds.LogSoftmax => ["axis"],
        NodeKinds.Attention => ["heads"],
        _ => [],
    };

    /// <summary>Whether a kind takes several inputs.</summary>
    public static bool TakesSeveral(string kind) => kind is NodeKinds.Sum or NodeKinds.Concatenation;
}
