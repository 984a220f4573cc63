using Crease.Measures;

namespace Crease.Cli;

/// <summary>What a call of <c>crease generator</c> asks for.</summary>
internal sealed record GeneratorCall
{
    public required GeneratorSampleOptions Options { get; init; }

    public required string[] Files { get; init; }

    public int? Top { get; init; }

    public int MaxRegions { get; init; }

    /// <summary>Name of the network, or null for one that is drawn.</summary>
    public string? Model { get; init; }

    /// <summary>Widths of the drawn network, or null.</summary>
    public int[]? Net { get; init; }

    /// <summary>Name of the node whose value is the latent vector, or null for the input.</summary>
    public string? From { get; init; }
}
