namespace Crease.Measures;

/// <summary>Where a segment leads from an input.</summary>
public enum SegmentKind
{
    /// <summary>To its adversarial twin.</summary>
    Adversarial,

    /// <summary>To a random point at the same distance.</summary>
    Random,

    /// <summary>Toward the nearest input of another class, as far as the adversarial twin is.</summary>
    Toward,

    /// <summary>To the nearest input of another class.</summary>
    Whole,
}
