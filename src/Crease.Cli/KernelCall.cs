using Crease.Lab;

namespace Crease.Cli;

/// <summary>What a call of <c>crease kernel</c> asks for.</summary>
internal sealed record KernelCall
{
    public required KernelOptions Options { get; init; }

    public required string[] Files { get; init; }

    public required string Data { get; init; }

    public string? Test { get; init; }

    public required int Samples { get; init; }

    public required int TestSamples { get; init; }

    public bool Drift { get; init; }

    public required int Checkpoints { get; init; }
}
