namespace Crease.Measures;

/// <summary>How far the way to the nearest input of another class is cut.</summary>
public enum OtherWay
{
    /// <summary>To its end, which is far where inputs have many numbers, and takes most of the time then.</summary>
    Whole,

    /// <summary>As far as the adversarial twin is.</summary>
    Part,

    /// <summary>Not at all.</summary>
    None,
}
