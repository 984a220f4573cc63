namespace Crease.Views;

/// <summary>Lays bars out as a figure: title, legend, a grid, and a row for each name.</summary>
internal static class BarsDrawing
{
    private const double Right = 40, Top = 66, LegendRoom = 24, AxisRoom = 52, TextSize = 12.5, LabelSize = 11, LongestName = 200, Step = 0.76;
    private const uint Grid = 0xE3E5E8;

    public static Figure Of(IReadOnlyList<Bar> bars, BarsFigureOptions options)
    {
        int series = options.Series.Count;
        double row = Math.Max(15, 9.0 * series + 5), thick = Step * row / series;
        double left = 24 + Math.Min(LongestName, bars.Max(bar => FigureFrame.WidthOf(bar.Name, LabelSize)) + 12), width = options.Width - left - Right;
        double top = Top + (options.Series.Any(name => name.Length > 0) ? LegendRoom : 0), bottom = top + row * bars.Count;
        CurveAxis axis = AxisOf(bars, options);
        var marks = new List<Mark>
        {
            new TextMark(24, 30, FigureFrame.Fit(options.Title, options.Width - 44, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(24, 50, FigureFrame.Fit(options.Subtitle, options.Width - 44, TextSize), TextSize, PartitionDrawing.Gray),
        };
        Legend(marks, options, left);
        Axis(marks, axis, options.Label, (left, top), (width, bottom - top));
        for (int i = 0; i < bars.Count; i++)
        {
            double y = top + i * row + (1 - Step) / 2 * row;
            marks.Add(new TextMark(left - 8, top + (i + 0.5) * row + 0.36 * LabelSize, FigureFrame.Fit(bars[i].Name, LongestName, LabelSize), LabelSize, PartitionDrawing.Ink, TextAnchor.End));
            for (int s = 0; s < series; s++)
            {
                double share = Math.Min(axis.Share(bars[i].Values[s]), 1), end = left + share * width;
                if (share > 0)
                    marks.Add(new PolygonMark([left, y + s * thick, end, y + s * thick, end, y + (s + 1) * thick, left, y + (s + 1) * thick], Palettes.Stroke(s), null, 0));
            }
        }
        var edge = new Polylines();
        edge.Begin(left, top);
        edge.Add(left, bottom);
        marks.Add(new LinesMark("edge", edge, PartitionDrawing.Ink, 0.8, 1));
        return new Figure(options.Width, bottom + AxisRoom, options.Title, options.Subtitle, marks);
    }

    // On a logarithmic axis the shortest bar is still a bar.
    private static CurveAxis AxisOf(IReadOnlyList<Bar> bars, BarsFigureOptions options)
    {
        double[] values = [.. bars.SelectMany(bar => bar.Values).Where(value => CurveAxis.IsPlace(options.Scale, value))];
        if (options.Scale == AxisScale.Linear)
            return new CurveAxis(AxisScale.Linear, 0, values.DefaultIfEmpty(0).Max() is > 0 and double most ? 1.02 * most : 1);
        if (values.Length == 0)
            return new CurveAxis(AxisScale.Logarithmic, 1, 10);
        double low = Math.Pow(10, Math.Floor(Math.Log10(values.Min())) - (Math.Log10(values.Min()) % 1 == 0 ? 1 : 0));
        return new CurveAxis(AxisScale.Logarithmic, low, Math.Max(1.3 * values.Max(), 10 * low));
    }

    private static void Legend(List<Mark> marks, BarsFigureOptions options, double left)
    {
        double x = left;
        for (int s = 0; s < options.Series.Count; s++)
        {
            if (options.Series[s].Length == 0)
                continue;
            marks.Add(new PolygonMark([x, Top, x + 16, Top, x + 16, Top + 10, x, Top + 10], Palettes.Stroke(s), null, 0));
            marks.Add(new TextMark(x + 22, Top + 9, options.Series[s], LabelSize, PartitionDrawing.Ink));
            x += 46 + FigureFrame.WidthOf(options.Series[s], LabelSize);
        }
    }

    private static void Axis(List<Mark> marks, CurveAxis axis, string label, (double X, double Y) corner, (double Width, double Height) size)
    {
        var grid = new Polylines();
        double bottom = corner.Y + size.Height;
        foreach (Tick tick in axis.Ticks((int)Math.Clamp(size.Width / 90, 2, 8)).Major)
        {
            double x = corner.X + axis.Share(tick.Value) * size.Width;
            grid.Begin(x, corner.Y);
            grid.Add(x, bottom + 4);
            marks.Add(new TextMark(x, bottom + 18, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.Middle));
        }
        marks.Add(new LinesMark("grid", grid, Grid, 0.8, 1));
        marks.Add(new TextMark(corner.X + size.Width / 2, bottom + 38, label, TextSize, PartitionDrawing.Ink, TextAnchor.Middle));
    }
}
