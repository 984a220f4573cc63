namespace Crease.Lab;

/// <summary>How the features of many prompts are found.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Number of layers to run and measure, 1 to all, or null for all.</summary>
    public int? Layers { get; init; }

    /// <summary>Tokens of a prompt that are measured, at least 1; the rest is cut off. The source takes 1024.</summary>
    public int MostTokens { get; init; } = 1024;

    /// <summary>Tokens that one pass takes, at least 1: prompts of the same length share one.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>Prompts of the file to take, from its first, or null for all.</summary>
    public long? Limit { get; init; }
}
