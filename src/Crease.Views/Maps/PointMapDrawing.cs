namespace Crease.Views;

/// <summary>Lays a map of points out as a figure.</summary>
internal static class PointMapDrawing
{
    private const double LegendWidth = 180, LeftMargin = 84, TopMargin = 66, BottomMargin = 60, TextSize = 11.5;
    private const int MostEntries = 24;

    public static Figure Of(PointMap map, PointMapFigureOptions options)
    {
        (double minX, double maxX) = Wider(map.Xs);
        (double minY, double maxY) = Wider(map.Ys);
        double width = Math.Max(100, options.Width - LeftMargin - LegendWidth);
        var area = new PlotArea(LeftMargin, TopMargin, width / (maxX - minX), minX, maxX, minY, maxY) { ScaleT = 0.8 * width / (maxY - minY) };
        var marks = new List<Mark>();
        int step = (map.Xs.Count - 1) / options.MostPoints + 1;
        double radius = Math.Clamp(60 / Math.Sqrt((double)map.Xs.Count / step), 1.6, 4);
        // A place drawn by its number and not by its label: no label hides all others.
        for (int i = 0; i < map.Xs.Count; i += step)
            marks.Add(PointShape.Of(map.Labels[i], area.X(map.Xs[i]), area.Y(map.Ys[i]), radius));
        string subtitle = step > 1 ? $"{options.Subtitle}; every {step}. point is drawn" : options.Subtitle;
        FigureFrame.Add(marks, area, (options.XLabel, options.YLabel), options.Title, subtitle, options.Width);
        double lowest = Legend(marks, map, options.LegendLabel, area.Right + 24, area.Top);
        return new Figure(options.Width, Math.Max(area.Bottom + BottomMargin, lowest + 16), options.Title, subtitle, marks);
    }

    private static (double, double) Wider(IReadOnlyList<double> values)
    {
        double low = values.Min(), high = values.Max(), room = high > low ? 0.05 * (high - low) : Math.Max(1, Math.Abs(low));
        return (low - room, high + room);
    }

    private static double Legend(List<Mark> marks, PointMap map, string label, double left, double top)
    {
        marks.Add(new TextMark(left, top + 10, FigureFrame.Fit(label, LegendWidth - 30, 12.5), 12.5, PartitionDrawing.Ink) { Bold = true });
        double y = top + 32;
        for (int i = 0; i < Math.Min(map.Names.Count, MostEntries); i++, y += 19)
        {
            marks.Add(PointShape.Of(i, left + 6, y - 4, 4.5));
            string count = PartitionDrawing.Count(map.Labels.Count(each => each == i));
            marks.Add(new TextMark(left + 18, y, $"{FigureFrame.Fit(map.Names[i], LegendWidth - 84, TextSize)} ({count})", TextSize, PartitionDrawing.Ink));
        }
        if (map.Names.Count > MostEntries)
            marks.Add(new TextMark(left + 18, y, $"and {map.Names.Count - MostEntries} more", TextSize, PartitionDrawing.Gray));
        return y;
    }
}
