namespace Crease.Views;

/// <summary>A vertical color bar with ticks on its right.</summary>
internal static class ColorBar
{
    /// <summary>How many colors a bar is made of.</summary>
    public const int Stops = 17;

    private const double Width = 15, TickLength = 4, LabelGap = 24, TextSize = 11.5;

    /// <summary>Adds a bar.</summary>
    /// <param name="marks">Where the marks go.</param>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Upper edge.</param>
    /// <param name="height">Height.</param>
    /// <param name="colors">From bottom to top.</param>
    /// <param name="ticks">Labels by position: 0 at the bottom, 1 at the top.</param>
    public static void Add(List<Mark> marks, double left, double top, double height, uint[] colors, IEnumerable<(double Position, string Label)> ticks)
    {
        marks.Add(new GradientMark(left, top, Width, height, colors));
        var lines = new Polylines();
        foreach ((double position, string label) in ticks)
        {
            double y = top + height * (1 - position);
            lines.Begin(left + Width, y);
            lines.Add(left + Width + TickLength, y);
            marks.Add(new TextMark(left + LabelGap, y + 0.36 * TextSize, label, TextSize, PartitionDrawing.Ink));
        }
        marks.Add(new LinesMark("bar-ticks", lines, PartitionDrawing.Ink, 0.8, 1));
    }
}
