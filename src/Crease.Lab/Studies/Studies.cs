namespace Crease.Lab;

/// <summary>The catalog of studies.</summary>
public static class Studies
{
    /// <summary>All studies, by name.</summary>
    public static IReadOnlyList<Study> All { get; } = [new DoubleDescentStudy(), new GrokkingStudy(), new SplineFeatureStudy(), new SplineFitStudy(), new TradeoffStudy()];
}
