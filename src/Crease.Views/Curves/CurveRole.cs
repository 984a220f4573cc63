namespace Crease.Views;

/// <summary>What a curve is there for, which decides how it looks.</summary>
public enum CurveRole
{
    /// <summary>Own result: solid, in full color, in front.</summary>
    Measured,

    /// <summary>A published curve to compare with: behind, thinner, lighter and dashed.</summary>
    Reference,
}
