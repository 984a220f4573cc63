namespace Crease.Views;

/// <summary>Kinds of numbers over one axis, one row each.</summary>
/// <param name="Title">Above the panel.</param>
/// <param name="Label">Name of the axis with its unit.</param>
/// <param name="Groups">1 to 12 rows, the first on top.</param>
public sealed record DistributionPanel(string Title, string Label, IReadOnlyList<DistributionGroup> Groups)
{
    /// <summary>How the axis runs.</summary>
    public AxisScale Scale { get; init; }
}
