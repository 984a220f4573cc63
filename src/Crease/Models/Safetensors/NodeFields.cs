using System.Collections.Immutable;

namespace Crease.Models;

/// <summary>What a node of each kind may hold: a misspelled bias or padding would be another network, not an error.</summary>
internal static class NodeFields
{
    /// <summary>Roles of tensors that a kind takes.</summary>
    public static ImmutableArray<string> Tensors(string kind) => kind switch
    {
        NodeKinds.Dense or NodeKinds.Convolution => ["weight", "bias"],
        NodeKinds.BatchNormalization => ["gain", "bias", "mean", "variance"],
        NodeKinds.LayerNormalization => ["gain", "bias"],
        NodeKinds.ChannelScaling => ["scale", "shift"],
        NodeKinds.Embedding or NodeKinds.Positions => ["weight"],
        NodeKinds.Attention => ["weight", "bias", "output weight", "output bias"],
        _ => [],
    };

    /// <summary>Settings that a kind takes.</summary>
    public static ImmutableArray<string> Settings(string kind) => kind switch
    {
        NodeKinds.Convolution => ["stride", "padding", "groups"],
        NodeKinds.BatchNormalization or NodeKinds.LayerNormalization => ["epsilon"],
        NodeKinds.LeakyRelu => ["slope"],
        NodeKinds.MaxPooling => ["kernel", "stride", "padding"],
        NodeKinds.AveragePooling => ["kernel", "stride"],
        NodeKinds.Attention => ["heads"],
        _ => [],
    };
}
