using Crease.Certificates;

namespace Crease.Cli;

/// <summary>What a call of <c>crease certify</c> asks for.</summary>
internal sealed record CertifyCall
{
    public string? Property { get; init; }

    public string? Data { get; init; }

    public double[] Epsilons { get; init; } = [];

    /// <summary>Words of the networks: the one that is certified, and those of a cascade behind it.</summary>
    public required string[] Stages { get; init; }

    public bool IsDistance { get; init; }

    /// <summary>Whether the radius that bounds alone prove is asked for.</summary>
    public bool IsRadius { get; init; }

    public required DistanceNorm Norm { get; init; }

    public SmoothingOptions? Smoothing { get; init; }

    public string? State { get; init; }

    /// <summary>Limits of all elements; null for the range of the data, which is not known yet.</summary>
    public (double Low, double High)? Box { get; init; }

    public int Samples { get; init; }

    public required VerificationOptions Options { get; init; }

    public required string[] Files { get; init; }
}
