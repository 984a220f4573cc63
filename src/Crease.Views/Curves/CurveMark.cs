namespace Crease.Views;

/// <summary>A vertical line across all panels with a short text above them.</summary>
/// <param name="X">Where, in units of the curves; <see cref="CurvesFigureOptions.XOffset"/> is added. A mark that a fixed range leaves out is not drawn.</param>
/// <param name="Text">What happens there, for example <c>ascent peak</c>; may be empty.</param>
public sealed record CurveMark(double X, string Text)
{
    /// <summary>How far the place is uncertain, drawn as a shaded band, or null.</summary>
    public AxisRange? Band { get; init; }
}
