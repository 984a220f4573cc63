namespace Crease.Views;

/// <summary>What the color of a token says.</summary>
public enum TokenQuantity
{
    /// <summary>Share of its positive gate units.</summary>
    Sign,

    /// <summary>Distance to its nearest gate hyperplane.</summary>
    Distance,
}
