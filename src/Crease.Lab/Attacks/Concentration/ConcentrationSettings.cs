using Crease.Measures;

namespace Crease.Lab;

/// <summary>What is measured at inputs and their adversarial twins, and on the ways between them.</summary>
public sealed record ConcentrationSettings
{
    /// <summary>Random segments.</summary>
    public ConcentrationOptions Segments { get; init; } = ConcentrationOptions.Default;

    /// <summary>Size of the neighborhood of local complexity, of the box in which units are bounded, and of the ball in which regions are counted; above 0, in input units.</summary>
    public double Radius { get; init; } = 0.05;

    /// <summary>Directions of local complexity; null for the usual number, or fewer where the network takes fewer inputs.</summary>
    public int? Directions { get; init; }

    /// <summary>How units are bounded.</summary>
    public UnitBounds Bounds { get; init; } = UnitBounds.Interval;
}
