namespace Crease.Lab;

/// <summary>What a classifier is given about each text.</summary>
internal abstract class ProbeInputs
{
    /// <summary>The rows for a split.</summary>
    /// <param name="training">Rows that may be looked at; the others must not change anything.</param>
    public abstract IProbeRows Prepared(ReadOnlySpan<int> training);
}
