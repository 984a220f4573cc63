using Crease.Lab;

namespace Crease.Cli;

/// <summary>What a call of <c>crease quantize</c> asks for.</summary>
internal sealed record QuantizeCall
{
    public required QuantizationCurveOptions Options { get; init; }

    /// <summary>The attack, or null.</summary>
    public AttackMethod? Method { get; init; }

    /// <summary>Data to measure on, or null to quantize only.</summary>
    public string? Data { get; init; }

    public int Samples { get; init; }

    /// <summary>Files of numbers and curves.</summary>
    public required string[] Files { get; init; }

    /// <summary>Folder of the quantized networks, or null.</summary>
    public string? Folder { get; init; }

    /// <summary>File of the panels of partitions, or null.</summary>
    public string? Panels { get; init; }

    public int MaxRegions { get; init; }
}
