namespace Crease.Certificates;

/// <summary>Limits that the pre-activation of a unit is taken to keep, and the multiplier of that constraint.</summary>
/// <remarks>
/// Where lower ≤ z ≤ upper, m z ≤ max(m lower, m upper) for every m of either sign; adding m z less that number to a function never raises it. A multiplier is
/// not negative where there is no lower limit, and not positive where there is no upper one.
/// </remarks>
/// <param name="Node">The piecewise node.</param>
/// <param name="Unit">0-based unit.</param>
/// <param name="Lower">Lower limit, or -∞.</param>
/// <param name="Upper">Upper limit, or ∞.</param>
/// <param name="Multiplier">m.</param>
internal readonly record struct UnitDecision(int Node, int Unit, double Lower, double Upper, double Multiplier = 0)
{
    /// <summary>max(m lower, m upper): what the constraint costs, rounded up.</summary>
    public double Cost(double multiplier) => multiplier == 0 ? 0 : Math.BitIncrement(multiplier * (multiplier > 0 ? Upper : Lower));

    /// <summary>The derivative of what the constraint adds, by the multiplier.</summary>
    /// <param name="multiplier">m.</param>
    /// <param name="value">The pre-activation where the function is least.</param>
    public double Gradient(double multiplier, double value) =>
        value - (multiplier > 0 ? Upper : multiplier < 0 ? Lower : Math.Clamp(value, Lower, Upper));

    /// <summary>The nearest admissible multiplier.</summary>
    public double Admissible(double multiplier) =>
        Math.Clamp(multiplier, double.IsFinite(Lower) ? double.NegativeInfinity : 0, double.IsFinite(Upper) ? double.PositiveInfinity : 0);
}
