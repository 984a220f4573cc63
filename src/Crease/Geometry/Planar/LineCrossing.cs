namespace Crease.Geometry;

/// <summary>Where two lines cross, in float64 with a bound on the error.</summary>
internal static class LineCrossing
{
    // Outside of this range products may have lost digits to underflow or overflow.
    private const double Tiny = 1e-200, Huge = 1e200;

    /// <summary>Writes the crossing, and how far it may be from the crossing of the true lines.</summary>
    /// <remarks>
    /// For true lines within the slacks of p and q, at a point x of both: p's value at x and at the computed crossing differ by at most its
    /// slack, q's likewise; solving for the displacement with the computed gradients gives the bound. No higher-order terms are dropped.
    /// </remarks>
    /// <returns>How far it is expected to be from it, for the sake of its coordinates.</returns>
    public static double Find(in Edge p, in Edge q, ref Crossing crossing)
    {
        double inverse = 1 / Difference(p.A, q.B, q.A, p.B), size = Math.Abs(inverse);
        crossing.X = Difference(p.B, q.C, q.B, p.C) * inverse;
        crossing.Y = Difference(p.C, q.A, q.C, p.A) * inverse;
        if (!(size is > Tiny and < Huge))
            return crossing.Error = double.PositiveInfinity;
        double steepness = 1.0001 * p.Length * q.Length * size;
        crossing.Error = (p.Slack + q.Slack) * steepness;
        return (p.Wobble + q.Wobble) * steepness;
    }

    /// <summary>a d - c b with little more than one rounding (Kahan): the crossing of two given lines is then as good as the lines are.</summary>
    public static double Difference(double a, double d, double c, double b)
    {
        double product = c * b, lost = Math.FusedMultiplyAdd(-c, b, product);
        return Math.FusedMultiplyAdd(a, d, -product) + lost;
    }
}
