using System.Collections.Immutable;
using System.Globalization;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>A family of networks; an instance becomes a <see cref="NetworkPlan"/> once inputs and outputs are known.</summary>
public abstract record Architecture
{
    private const int LargestNumber = 1 << 20;

    /// <summary>What stands between the linear layers.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether batch normalization stands before each activation.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>Whether a fixed scale and shift per channel come first.</summary>
    public bool Normalize { get; init; }

    /// <summary>Whether inputs must have shape [channels, height, width].</summary>
    public virtual bool TakesImages => false;

    /// <summary>Whether inputs are tokens.</summary>
    public virtual bool TakesTokens => false;

    /// <summary>The text that <see cref="Parse"/> takes.</summary>
    public abstract string Net { get; }

    /// <summary>The network for inputs and outputs of a data set.</summary>
    /// <param name="input">Shape of one input; for tokens, [context].</param>
    /// <param name="outputs">Number of outputs: classes, targets, or the vocabulary.</param>
    /// <exception cref="ArgumentException">The data do not fit the network; the message is one line.</exception>
    public abstract NetworkPlan Plan(Shape input, int outputs);

    /// <summary>Reads the text of an architecture.</summary>
    /// <param name="net">As in <see cref="NetworkOptions.Net"/>.</param>
    /// <exception cref="ArgumentException">The text names none.</exception>
    public static Architecture Parse(string net)
    {
        string[] parts = net.Split(':');
        string numbers = parts.Length == 2 ? parts[1] : "";
        return (parts[0], parts.Length) switch
        {
            ("cnn", 1) => new ConvolutionalNetwork(),
            ("cnn", 2) => Convolutional(net, numbers.Split('/')),
            ("resnet18", 1) => new ResidualNetwork(),
            ("resnet18", 2) when Numbers(net, numbers) is [int filters] => new ResidualNetwork { Filters = filters },
            ("gpt", 1) => new DecoderTransformer(),
            ("gpt", 2) when Numbers(net, numbers) is [int layers, int heads, int width] => new DecoderTransformer { Layers = layers, Heads = heads, Width = width },
            (_, 1) when Numbers(net, net) is { Length: >= 2 } widths => new MultilayerPerceptron(widths),
            _ => throw Unknown(net),
        };
    }

    private static ConvolutionalNetwork Convolutional(string net, string[] halves) => halves.Length switch
    {
        1 => new ConvolutionalNetwork { Channels = Numbers(net, halves[0]) },
        2 => new ConvolutionalNetwork { Channels = Numbers(net, halves[0]), Hidden = halves[1].Length == 0 ? [] : Numbers(net, halves[1]) },
        _ => throw Unknown(net),
    };

    private static ImmutableArray<int> Numbers(string net, string text)
    {
        string[] parts = text.Split('-');
        var numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] is < 1 or > LargestNumber)
                throw Unknown(net);
        }
        return [.. numbers];
    }

    private static ArgumentException Unknown(string net) => new(
        $"'net' is '{net}'; expected widths like 2-16-16-2, cnn:32-32-64-64-128/256 (channels/hidden), resnet18:16 (filters) or gpt:2-4-128 (layers-heads-width), numbers from 1 to {LargestNumber}.",
        nameof(net));
}
