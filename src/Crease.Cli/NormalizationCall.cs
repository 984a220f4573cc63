using Crease.Measures;

namespace Crease.Cli;

/// <summary>What a call of <c>crease normalization</c> asks for.</summary>
internal sealed record NormalizationCall
{
    public required string Data { get; init; }

    public required NormalizationOptions Options { get; init; }

    public required string[] Files { get; init; }

    public string? JitterFigure { get; init; }

    public int Samples { get; init; }

    public int MaxRegions { get; init; }

    /// <summary>Name of the network, or null for one that is drawn.</summary>
    public string? Model { get; init; }

    /// <summary>Widths of the drawn network, or null.</summary>
    public int[]? Net { get; init; }
}
