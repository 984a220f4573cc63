using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>How a text is continued.</summary>
public sealed record GenerationOptions
{
    /// <summary>Most tokens to add, at least 0.</summary>
    public int MostTokens { get; init; } = 100;

    /// <summary>What logits are divided by before one is drawn, from 0; at 0 the largest is taken.</summary>
    public double Temperature { get; init; }

    /// <summary>Share of the probability that the likeliest tokens drawn from must reach. In (0, 1].</summary>
    public double TopShare { get; init; } = 1;

    /// <summary>Tokens that end the text; they are not part of it.</summary>
    public ImmutableArray<int> Ends { get; init; } = [];
}
