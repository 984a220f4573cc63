namespace Crease.Measures;

/// <summary>How an estimate stands to a threshold.</summary>
public enum ThresholdVerdict
{
    /// <summary>The whole band lies above.</summary>
    Above,

    /// <summary>The whole band lies at or below.</summary>
    Below,

    /// <summary>The threshold lies within the band.</summary>
    Indeterminate,
}
