namespace Crease.Lab;

/// <summary>A trained rule: from standardized features to a score.</summary>
internal abstract class ProbeScorer
{
    /// <summary>How likely the row is of the class, with both classes weighed alike. In [0, 1].</summary>
    public abstract double Score(IProbeRows rows, int row);
}
