using Crease.Lab;

namespace Crease.Cli;

/// <summary>What a call of <c>crease concentration</c> asks for.</summary>
internal sealed record ConcentrationCall
{
    public required string Data { get; init; }

    public required ConcentrationSettings Settings { get; init; }

    /// <summary>The attack, or null for points of a file.</summary>
    public AttackMethod? Method { get; init; }

    /// <summary>File of adversarial inputs, or null.</summary>
    public string? Adversarial { get; init; }

    /// <summary>Which radius of the file, or null for the largest.</summary>
    public double? Epsilon { get; init; }

    /// <summary>At most so many rows; null for the usual number, or all of the file.</summary>
    public int? Samples { get; init; }

    public required string[] Files { get; init; }

    /// <summary>Files of the picture of what was measured at the points.</summary>
    public required string[] PointFiles { get; init; }

    /// <summary>The row whose slice is drawn, or null.</summary>
    public int? Picture { get; init; }

    public required string[] PictureFiles { get; init; }

    /// <summary>Whether the slice goes through the end of a random way, and not through an input of another class.</summary>
    public bool ThroughRandom { get; init; }

    public double Margin { get; init; }

    public int MaxRegions { get; init; }
}
