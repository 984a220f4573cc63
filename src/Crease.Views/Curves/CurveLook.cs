namespace Crease.Views;

/// <summary>How a curve is painted; curves that look the same share a row of the legend.</summary>
/// <param name="Color">0xRRGGBB.</param>
/// <param name="Role">What the curve is there for.</param>
/// <param name="IsDashed">Whether a measured curve is dashed.</param>
internal readonly record struct CurveLook(uint Color, CurveRole Role, bool IsDashed = false)
{
    public const double BandOpacity = 0.18;
    public const double DotRadius = 2.4;

    public double Width => Role == CurveRole.Reference ? 1.2 : 1.8;

    public (double Dash, double Gap)? Dashes => Role == CurveRole.Reference ? (4.5, 2.8) : IsDashed ? (6, 3) : null;

    public static CurveLook Of(Curve curve)
    {
        uint color = curve.Shade is double shade ? Palettes.Ordered(shade) : Palettes.Stroke(curve.ColorIndex);
        return new CurveLook(curve.Role == CurveRole.Reference ? Palettes.Lighter(color) : color, curve.Role, curve.IsDashed);
    }

    public LinesMark Line(string id, Polylines lines) => new(id, lines, Color, Width, 1) { Dashes = Dashes };
}
