namespace Crease.Measures;

/// <summary>How local dimensions become one.</summary>
public enum LocalAverage
{
    /// <summary>1 / mean(1 / d): what likelihoods of all points give (<c>mackay2005comments</c>).</summary>
    Harmonic,

    /// <summary>mean(d), as Levina and Bickel have it.</summary>
    Arithmetic,

    /// <summary>The middle one.</summary>
    Median,
}
