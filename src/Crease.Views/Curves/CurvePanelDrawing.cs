namespace Crease.Views;

/// <summary>Draws one panel: grid, vertical marks, bands, curves, axes.</summary>
/// <param name="marks">Where the marks go.</param>
/// <param name="area">Where the panel lies.</param>
/// <param name="options">Offset and vertical marks.</param>
internal sealed class CurvePanelDrawing(List<Mark> marks, CurveArea area, CurvesFigureOptions options)
{
    public const double LabelSize = 11;

    private const double MajorLength = 5, MinorLength = 2.5;
    private const uint GridColor = 0xE9ECEF;
    // With so few points, where they lie says more than the line between them.
    private const int MostDots = 16;

    /// <summary>Adds the panel.</summary>
    /// <param name="panel">What to draw.</param>
    /// <param name="index">0-based number of the panel, for the names of its lines.</param>
    /// <param name="hasNumbers">Whether numbers stand at the horizontal and the vertical ticks.</param>
    public void Add(CurvePanel panel, int index, (bool Horizontal, bool Vertical) hasNumbers)
    {
        (IReadOnlyList<Tick> xs, IReadOnlyList<double> minorXs) = area.Horizontal.Ticks(WantedX(area.Width, area.Horizontal.Scale));
        (IReadOnlyList<Tick> ys, IReadOnlyList<double> minorYs) = area.Vertical.Ticks(WantedY(area.Height));
        Grid(xs, ys);
        Bands();
        foreach (CurveRole role in (ReadOnlySpan<CurveRole>)[CurveRole.Reference, CurveRole.Measured])
        {
            for (int c = 0; c < panel.Curves.Count; c++)
            {
                if (panel.Curves[c].Role == role)
                    Band(panel.Curves[c]);
            }
        }
        Lines();
        foreach (CurveRole role in (ReadOnlySpan<CurveRole>)[CurveRole.Reference, CurveRole.Measured])
        {
            for (int c = 0; c < panel.Curves.Count; c++)
            {
                if (panel.Curves[c].Role == role)
                    Line(panel.Curves[c], $"curve-{index + 1}-{c + 1}");
            }
        }
        Axes(xs, minorXs, ys, minorYs, hasNumbers);
    }

    // Powers of ten are short.
    private static int WantedX(double width, AxisScale scale) => (int)Math.Clamp(width / (scale == AxisScale.Logarithmic ? 42 : 75), 2, 12);

    private static int WantedY(double height) => (int)Math.Clamp(height / 42, 2, 8);

    private void Grid(IReadOnlyList<Tick> xs, IReadOnlyList<Tick> ys)
    {
        var lines = new Polylines();
        foreach (Tick tick in xs)
            Segment(lines, area.X(tick.Value), area.Top, area.X(tick.Value), area.Bottom);
        foreach (Tick tick in ys)
            Segment(lines, area.Left, area.Y(tick.Value), area.Right, area.Y(tick.Value));
        marks.Add(new LinesMark("grid", lines, GridColor, 0.8, 1));
    }

    private void Bands()
    {
        foreach (CurveMark mark in options.Marks)
        {
            if (mark.Band is not AxisRange(double low, double high) || !area.Horizontal.Holds(mark.X + options.XOffset))
                continue;
            double from = area.X(low + options.XOffset), to = area.X(high + options.XOffset);
            // On a logarithmic axis a band that reaches 0 starts at the edge.
            from = Math.Clamp(double.IsNaN(from) ? area.Left : from, area.Left, area.Right);
            to = Math.Clamp(double.IsNaN(to) ? area.Left : to, area.Left, area.Right);
            if (to > from)
                marks.Add(new PolygonMark([from, area.Top, to, area.Top, to, area.Bottom, from, area.Bottom], PartitionDrawing.Gray, null, 0) { Opacity = 0.12 });
        }
    }

    private void Lines()
    {
        var lines = new Polylines();
        foreach (CurveMark mark in options.Marks.Where(mark => area.Horizontal.Holds(mark.X + options.XOffset)))
            Segment(lines, area.X(mark.X + options.XOffset), area.Bottom, area.X(mark.X + options.XOffset), area.Top);
        if (lines.Count > 0)
            marks.Add(new LinesMark("marks", lines, PartitionDrawing.Gray, 0.9, 1) { Dashes = (3, 3) });
    }

    private void Band(Curve curve)
    {
        foreach (double[] polygon in CurveLines.Bands(curve, area, options.XOffset))
            marks.Add(new PolygonMark(polygon, CurveLook.Of(curve).Color, null, 0) { Opacity = CurveLook.BandOpacity });
    }

    private void Line(Curve curve, string id)
    {
        CurveLook look = CurveLook.Of(curve);
        List<double[]> runs = CurveLines.Runs(curve, area, options.XOffset);
        (Polylines lines, List<(double X, double Y)> dots) = CurveLines.Cut(runs, area);
        if (lines.Count > 0)
            marks.Add(look.Line(id, lines));
        if (curve.Role == CurveRole.Measured && runs.Sum(run => run.Length / 2) <= MostDots)
            dots = [.. runs.SelectMany(run => run.Chunk(2)).Where(point => area.Holds(point[0], point[1])).Select(point => (point[0], point[1]))];
        foreach ((double x, double y) in dots)
            marks.Add(new DiscMark(x, y, CurveLook.DotRadius, look.Color, 0xFFFFFF, 0.5));
    }

    private void Axes(IReadOnlyList<Tick> xs, IReadOnlyList<double> minorXs, IReadOnlyList<Tick> ys, IReadOnlyList<double> minorYs, (bool Horizontal, bool Vertical) hasNumbers)
    {
        var lines = new Polylines();
        foreach (Tick tick in xs)
        {
            double x = area.X(tick.Value);
            Segment(lines, x, area.Bottom, x, area.Bottom + MajorLength);
            if (hasNumbers.Horizontal)
                marks.Add(new TextMark(x, area.Bottom + 18, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.Middle));
        }
        foreach (double minor in minorXs)
            Segment(lines, area.X(minor), area.Bottom, area.X(minor), area.Bottom + MinorLength);
        foreach (Tick tick in ys)
        {
            double y = area.Y(tick.Value);
            Segment(lines, area.Left - MajorLength, y, area.Left, y);
            if (hasNumbers.Vertical)
                marks.Add(new TextMark(area.Left - 8, y + 0.36 * LabelSize, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.End));
        }
        foreach (double minor in minorYs)
            Segment(lines, area.Left - MinorLength, area.Y(minor), area.Left, area.Y(minor));
        lines.Begin(area.Left, area.Top);
        lines.Add(area.Left, area.Bottom);
        lines.Add(area.Right, area.Bottom);
        marks.Add(new LinesMark("axes", lines, PartitionDrawing.Ink, 0.9, 1));
    }

    private static void Segment(Polylines lines, double x0, double y0, double x1, double y1)
    {
        lines.Begin(x0, y0);
        lines.Add(x1, y1);
    }
}
