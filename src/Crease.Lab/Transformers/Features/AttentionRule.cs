namespace Crease.Lab;

/// <summary>When a token counts as attended to.</summary>
public enum AttentionRule
{
    /// <summary>Its attention is above a share of the largest one in the same row.</summary>
    Relative,

    /// <summary>Its attention is above a fixed number.</summary>
    Absolute,
}
