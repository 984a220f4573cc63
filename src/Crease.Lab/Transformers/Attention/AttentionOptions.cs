namespace Crease.Lab;

/// <summary>What of attention is measured.</summary>
public sealed record AttentionOptions
{
    /// <summary>When a token counts.</summary>
    public AttentionRule Rule { get; init; } = AttentionRule.Relative;

    /// <summary>The share (relative) or the number (absolute) to exceed, and the number that counts for the density. In [0, 1).</summary>
    public double Threshold { get; init; } = AttentionDimension.SourceThreshold;

    /// <summary>Number of layers to run, or null for all.</summary>
    public int? Layers { get; init; }

    /// <summary>Whether exact dimensions are computed from every token, and not from the last one alone.</summary>
    public bool ExactEverywhere { get; init; }

    /// <summary>The rule in words, with its threshold.</summary>
    public string RuleText => Rule == AttentionRule.Relative
        ? FormattableString.Invariant($"relative rule: attention above {Threshold} of the largest in its row")
        : FormattableString.Invariant($"absolute rule: attention above {Threshold}");

    /// <summary>The same in few words.</summary>
    public string ShortRule => FormattableString.Invariant($"{(Rule == AttentionRule.Relative ? "relative" : "absolute")} rule, threshold {Threshold}");

    /// <exception cref="ArgumentException">The threshold is out of its range.</exception>
    internal void Check()
    {
        if (!(Threshold is >= 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(Threshold)}' is {Threshold}; expected a number in [0, 1)."));
    }
}
