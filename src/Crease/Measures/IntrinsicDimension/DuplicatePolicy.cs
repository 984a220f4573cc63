namespace Crease.Measures;

/// <summary>What happens to rows that repeat another one: their nearest distance is 0, and ratios of distances are undefined.</summary>
public enum DuplicatePolicy
{
    /// <summary>The first of equal rows stays; the others are counted and left out.</summary>
    Remove,

    /// <summary>An error that names the first two equal rows.</summary>
    Refuse,
}
