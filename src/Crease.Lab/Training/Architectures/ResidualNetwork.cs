using Crease.Networks;

namespace Crease.Lab;

/// <summary>ResNet-18 for small images with the activation before each convolution, with or without batch normalization.</summary>
/// <remarks>
/// Notation: stages of k, 2k, 4k, 8k channels, two blocks each; a block is x + conv(a(conv(a(x)))), where the identity becomes a 1 x 1 convolution of
/// a(x) when the shape changes. Convolutions have no bias; nothing stands between the last block and the average.
/// Source: He et al. (<c>he2016identity</c>), in the form with k filters used in <c>humayun2024grok</c>, figure 1.
/// </remarks>
public sealed record ResidualNetwork : Architecture
{
    private const int Stages = 4, BlocksPerStage = 2, Kernel = 3;

    /// <summary>Channels of the first stage, at least 1; 64 is the usual network.</summary>
    public int Filters { get; init; } = 64;

    /// <inheritdoc/>
    public override bool TakesImages => true;

    /// <inheritdoc/>
    public override string Net => $"resnet18:{Filters}";

    /// <inheritdoc/>
    public override NetworkPlan Plan(Shape input, int outputs)
    {
        if (input.Rank != 3 || input[1] != input[2])
            throw new ArgumentException($"The network {Net} takes square images and the data have shape {input}; pass their shape as channels,height,width.", nameof(input));
        var builder = new PlanBuilder(Net, input, Activation);
        string value = Models.NetworkDescription.InputName;
        if (Normalize)
            value = builder.ChannelScaling("normalize", value, input[0]);
        value = builder.Convolution("conv0", value, input[0], Filters, Kernel, 1, bias: false);
        int channels = Filters, size = input[1];
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int block = 0; block < BlocksPerStage; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1, wider = checked(Filters << stage);
                value = Block(builder, $"block{stage + 1}{(char)('a' + block)}", value, channels, wider, stride);
                (channels, size) = (wider, (size - 1) / stride + 1);
            }
        }
        value = builder.Flatten("flatten", builder.AveragePooling("average", value, size));
        return builder.Build(builder.Dense("dense", value, channels, outputs));
    }

    private string Block(PlanBuilder builder, string name, string input, int channels, int outputs, int stride)
    {
        string active = builder.Activate(Normalized(builder, $"{name}.norm1", input, channels));
        string shortcut = stride == 1 && channels == outputs ? input : builder.Convolution($"{name}.shortcut", active, channels, outputs, 1, stride, bias: false);
        string inner = builder.Convolution($"{name}.conv1", active, channels, outputs, Kernel, stride, bias: false);
        inner = builder.Activate(Normalized(builder, $"{name}.norm2", inner, outputs));
        return builder.Sum($"{name}.sum", builder.Convolution($"{name}.conv2", inner, outputs, outputs, Kernel, 1, bias: false), shortcut);
    }

    private string Normalized(PlanBuilder builder, string name, string input, int channels) => BatchNormalization ? builder.BatchNormalization(name, input, channels) : input;
}
