using System.Collections.Immutable;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>3 x 3 convolutions, every second one with stride 2, then dense layers; an activation after all but the last.</summary>
/// <remarks>
/// Source: five convolutions and two dense layers without pooling or normalization, as in <c>humayun2024grok</c>, section 3, which leaves widths and strides open.
/// </remarks>
public sealed record ConvolutionalNetwork : Architecture
{
    private const int Kernel = 3;

    /// <summary>Channels of each convolution, one at least.</summary>
    public ImmutableArray<int> Channels { get; init; } = [32, 32, 64, 64, 128];

    /// <summary>Widths of the dense layers before the last.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [256];

    /// <inheritdoc/>
    public override bool TakesImages => true;

    /// <inheritdoc/>
    public override string Net => $"cnn:{string.Join('-', Channels)}/{string.Join('-', Hidden)}";

    /// <inheritdoc/>
    public override NetworkPlan Plan(Shape input, int outputs)
    {
        if (input.Rank != 3)
            throw new ArgumentException($"The network {Net} takes images and the data have shape {input}; pass their shape as channels,height,width.", nameof(input));
        var builder = new PlanBuilder(Net, input, Activation);
        string value = Models.NetworkDescription.InputName;
        if (Normalize)
            value = builder.ChannelScaling("normalize", value, input[0]);
        int channels = input[0], height = input[1], width = input[2];
        for (int layer = 1; layer <= Channels.Length; layer++)
        {
            // Halving stops where an image is a single row or column.
            int stride = layer % 2 == 0 && Math.Min(height, width) > 1 ? 2 : 1;
            value = builder.Convolution($"conv{layer}", value, channels, Channels[layer - 1], Kernel, stride);
            (channels, height, width) = (Channels[layer - 1], (height - 1) / stride + 1, (width - 1) / stride + 1);
            if (BatchNormalization)
                value = builder.BatchNormalization($"norm{layer}", value, channels);
            value = builder.Activate(value);
        }
        value = builder.Flatten("flatten", value);
        int features = checked(channels * height * width);
        for (int layer = 1; layer <= Hidden.Length; layer++)
        {
            value = builder.Activate(builder.Dense($"dense{layer}", value, features, Hidden[layer - 1]));
            features = Hidden[layer - 1];
        }
        return builder.Build(builder.Dense($"dense{Hidden.Length + 1}", value, features, outputs));
    }

    /// <inheritdoc/>
    public bool Equals(ConvolutionalNetwork? other) => base.Equals(other) && Net == other.Net;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Net);
}
