namespace Crease.Lab;

/// <summary>Which network is trained.</summary>
public sealed record NetworkOptions
{
    /// <summary>
    /// <c>2-16-16-2</c> (all widths), <c>cnn:32-32-64-64-128/256</c> (channels / hidden widths), <c>resnet18:16</c> (filters of the first stage),
    /// or <c>gpt:2-4-128</c> (layers, heads, width).
    /// </summary>
    public required string Net { get; init; }

    /// <summary>What stands between the linear layers, or null for what the architecture is known with: GELU in a transformer, else ReLU.</summary>
    public Activation? Activation { get; init; }

    /// <summary>β of soft units: a number in (0, 1), <c>learned</c> (one per layer), <c>learned:network</c>, <c>learned:layer</c> or <c>learned:unit</c> (per channel behind a convolution); null for hard units.</summary>
    public string? Beta { get; init; }

    /// <summary>Whether batch normalization stands before each activation.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>Factor of all trained numbers at the start, more than 0.</summary>
    public double InitialScale { get; init; } = 1;

    /// <summary>Whether the network starts with a fixed scale and shift that give the training inputs mean 0 and deviation 1 per channel.</summary>
    public bool Normalize { get; init; }

    /// <summary>The architecture that <see cref="Net"/> names.</summary>
    /// <exception cref="ArgumentException">The text names none, or a number is out of range.</exception>
    public Architecture Architecture()
    {
        Architecture architecture = Lab.Architecture.Parse(Net);
        return architecture with { Activation = Activation ?? architecture.Activation, BatchNormalization = BatchNormalization, Normalize = Normalize };
    }
}
