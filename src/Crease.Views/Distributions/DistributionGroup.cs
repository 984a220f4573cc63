namespace Crease.Views;

/// <summary>Numbers of one kind, drawn as a row of dots and a box.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Values">A number that is not finite, or not positive on a logarithmic axis, has no place and is counted beside the row.</param>
public sealed record DistributionGroup(string Name, IReadOnlyList<double> Values)
{
    /// <summary>0-based number of its color; the same kind has the same in all panels. At least 0.</summary>
    public int ColorIndex { get; init; }
}
