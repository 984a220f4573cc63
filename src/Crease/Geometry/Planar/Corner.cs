namespace Crease.Geometry;

/// <summary>Where two lines cross, in float64 with a bound on the error.</summary>
internal static class Corner
{
    public static (double X, double Y, double Error) Of(in Edge p, in Edge q)
    {
        double w = Difference(p.A, q.B, q.A, p.B);
        double x = Difference(p.B, q.C, q.B, p.C) / w, y = Difference(p.C, q.A, q.C, p.A) / w;
        double error = (p.Slack + q.Slack) * Math.Sqrt((p.A * p.A + p.B * p.B) * (q.A * q.A + q.B * q.B)) / Math.Abs(w);
        return (x, y, error);
    }

    // a d - c b with one rounding (Kahan): the crossing of two given lines is then as good as the lines are.
    private static double Difference(double a, double d, double c, double b)
    {
        double product = c * b, lost = Math.FusedMultiplyAdd(-c, b, product);
        return Math.FusedMultiplyAdd(a, d, -product) + lost;
    }
}
