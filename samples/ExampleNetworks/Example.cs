using Crease.Lab;
using Crease.Numerics;

namespace ExampleNetworks;

/// <summary>A network to train, and on what.</summary>
internal sealed record Example
{
    /// <summary>Name of the files.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of one input in the file, without the batch.</summary>
    public required int[] InputShape { get; init; }

    /// <summary>What an input is multiplied by before the network sees it.</summary>
    public double InputFactor { get; init; } = 1;

    public required LabeledData Training { get; init; }

    public required LabeledData Test { get; init; }

    /// <summary>The points that are shipped beside the network.</summary>
    public required LabeledData Shipped { get; init; }

    /// <summary>Names of the coordinates of a shipped point.</summary>
    public required string[] Columns { get; init; }

    /// <summary>Fresh layers.</summary>
    public required Func<RandomSource, TrainedLayer[]> Layers { get; init; }

    public required Schedule Schedule { get; init; }
}
