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
    public static void Find(in Edge p, in Edge q, ref Crossing crossing)
    {
        double w = Difference(p.A, q.B, q.A, p.B), size = Math.Abs(w);
        crossing.X = Difference(p.B, q.C, q.B, p.C) / w;
        crossing.Y = Difference(p.C, q.A, q.C, p.A) / w;
        double error = 1.0001 * (p.Slack + q.Slack) * Math.Sqrt((p.A * p.A + p.B * p.B) * (q.A * q.A + q.B * q.B)) / size;
        crossing.Error = size is > Tiny and < Huge ? error : double.PositiveInfinity;
    }

    // a d - c b with one rounding (Kahan): the crossing of two given lines is then as good as the lines are.
    private static double Difference(double a, double d, double c, double b)
    {
        double product = c * b, lost = Math.FusedMultiplyAdd(-c, b, product);
        return Math.FusedMultiplyAdd(a, d, -product) + lost;
    }
}
