namespace Crease.Views;

/// <summary>Axes of a small panel: ticks and numbers along both edges, and names.</summary>
internal static class PanelAxes
{
    /// <summary>Room that they take left of the area.</summary>
    public const double Left = 46;

    /// <summary>Room that they take below it.</summary>
    public const double Bottom = 36;

    /// <summary>Least width of an area, whatever the figure has room for.</summary>
    public const double Least = 40;

    private const double TickLength = 3.5, LabelSize = 9.5, NameSize = 10.5;

    public static void Add(List<Mark> marks, PlotArea area, (string S, string T) names)
    {
        var lines = new Polylines();
        foreach (Tick tick in Ticks.Linear(area.MinS, area.MaxS, (int)Math.Clamp(area.Width / 55, 2, 6)))
        {
            Segment(lines, area.X(tick.Value), area.Bottom + 2, area.X(tick.Value), area.Bottom + 2 + TickLength);
            marks.Add(new TextMark(area.X(tick.Value), area.Bottom + 16, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.Middle));
        }
        foreach (Tick tick in Ticks.Linear(area.MinT, area.MaxT, (int)Math.Clamp(area.Height / 45, 2, 6)))
        {
            Segment(lines, area.Left - 2 - TickLength, area.Y(tick.Value), area.Left - 2, area.Y(tick.Value));
            marks.Add(new TextMark(area.Left - 8, area.Y(tick.Value) + 0.36 * LabelSize, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.End));
        }
        marks.Add(new LinesMark("axes", lines, PartitionDrawing.Ink, 0.8, 1));
        marks.Add(new TextMark((area.Left + area.Right) / 2, area.Bottom + 29, FigureFrame.Fit(names.S, area.Width, NameSize), NameSize, PartitionDrawing.Ink, TextAnchor.Middle));
        marks.Add(new TextMark(area.Left - Left + 10, (area.Top + area.Bottom) / 2, FigureFrame.Fit(names.T, area.Height, NameSize), NameSize, PartitionDrawing.Ink, TextAnchor.Middle) { Upward = true });
    }

    private static void Segment(Polylines lines, double x0, double y0, double x1, double y1)
    {
        lines.Begin(x0, y0);
        lines.Add(x1, y1);
    }
}
