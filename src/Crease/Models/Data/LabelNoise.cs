namespace Crease.Models;

/// <summary>What label noise replaces a label by.</summary>
public enum LabelNoise
{
    /// <summary>A class drawn uniformly from all, which may be the right one: of a share s of K classes, s (1 - 1/K) become wrong.</summary>
    AnyClass,

    /// <summary>A class drawn uniformly from all others: each chosen label becomes wrong.</summary>
    OtherClass,
}
