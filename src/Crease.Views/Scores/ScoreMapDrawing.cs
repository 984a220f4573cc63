using System.Globalization;

namespace Crease.Views;

/// <summary>Lays tables out as a figure: title, then for each table its title, names, cells with numbers, and beside them the color bar.</summary>
internal static class ScoreMapDrawing
{
    private const double TextSize = 11.5, NameSize = 12.5, LeastTextSize = 8, BarRoom = 130, RowHeight = 26, PanelGap = 34;

    public static Figure Of(IReadOnlyList<ScoreMapPanel> panels, ScoreMapFigureOptions options)
    {
        (double low, double high) = Ends(panels, options);
        double longest = panels.SelectMany(panel => panel.Rows).Max(name => FigureFrame.WidthOf(name, TextSize));
        double left = Math.Clamp(longest + 30, 60, options.Width / 3), right = Math.Max(left + 60, options.Width - BarRoom);
        var marks = new List<Mark>();
        double y = 8;
        if (!string.IsNullOrEmpty(options.Title))
            marks.Add(new TextMark(left, y += 20, FigureFrame.Fit(options.Title, options.Width - left - 16, 16), 16, PartitionDrawing.Ink) { Bold = true });
        if (!string.IsNullOrEmpty(options.Subtitle))
            marks.Add(new TextMark(left, y += 18, FigureFrame.Fit(options.Subtitle, options.Width - left - 16, NameSize), NameSize, PartitionDrawing.Gray));
        double top = y + 14;
        for (int p = 0; p < panels.Count; p++)
            y = Add(marks, panels[p], y + (p == 0 ? 14 : PanelGap), left, right, (low, high), longest > left - 30 ? left - 30 : longest);
        double barBottom = AddBar(marks, options, right + 30, top + 14, (low, high));
        string described = options.Title ?? string.Join(", ", panels.Select(panel => panel.Title));
        return new Figure(options.Width, Math.Max(y, barBottom) + 18, described, options.Subtitle ?? $"{options.ValueLabel} in {panels.Sum(panel => panel.Values.Length * panel.Columns.Count)} cells", marks);
    }

    private static double Add(List<Mark> marks, ScoreMapPanel panel, double y, double left, double right, (double Low, double High) ends, double nameRoom)
    {
        double width = (right - left) / panel.Columns.Count;
        marks.Add(new TextMark(left, y += 14, FigureFrame.Fit(panel.Title, right - left, NameSize), NameSize, PartitionDrawing.Ink) { Bold = true });
        y += 8;
        // Numbers of all cells have one size, and none where they would be too small to read.
        double size = Math.Min(TextSize, width / FigureFrame.WidthOf("0.000", 1) * 0.9);
        for (int row = 0; row < panel.Rows.Count; row++, y += RowHeight)
        {
            marks.Add(new TextMark(left - 10, y + RowHeight / 2 + 0.36 * TextSize, FigureFrame.Fit(panel.Rows[row], nameRoom + 12, TextSize), TextSize, PartitionDrawing.Ink, TextAnchor.End));
            for (int column = 0; column < panel.Columns.Count; column++)
                AddCell(marks, panel.Values[row][column], left + column * width, y, width, ends, size);
        }
        AddNames(marks, panel, y, left, width);
        marks.Add(new TextMark((left + right) / 2, y + 34, panel.ColumnLabel, NameSize, PartitionDrawing.Ink, TextAnchor.Middle));
        return y + 38;
    }

    private static void AddCell(List<Mark> marks, double value, double x, double y, double width, (double Low, double High) ends, double size)
    {
        double share = Math.Clamp((value - ends.Low) / (ends.High - ends.Low), 0, 1);
        uint? color = double.IsNaN(value) ? null : Palettes.Sequential(share);
        marks.Add(new PolygonMark([x, y, x + width, y, x + width, y + RowHeight, x, y + RowHeight], color, 0xFFFFFF, 1));
        if (size < LeastTextSize)
            return;
        string text = double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);
        marks.Add(new TextMark(x + width / 2, y + RowHeight / 2 + 0.36 * size, text, size, color is uint cell && IsDark(cell) ? 0xFFFFFFu : PartitionDrawing.Ink, TextAnchor.Middle));
    }

    // Relative luminance as in WCAG 2: below 0.18 white letters have more contrast than black ones.
    private static bool IsDark(uint color)
    {
        double luminance = 0;
        foreach ((int shift, double share) in new[] { (16, 0.2126), (8, 0.7152), (0, 0.0722) })
            luminance += share * Math.Pow(((color >> shift) & 255) / 255.0, 2.2);
        return luminance < 0.18;
    }

    // Every name that has room: all of few columns, each second or fifth of many.
    private static void AddNames(List<Mark> marks, ScoreMapPanel panel, double y, double left, double width)
    {
        double longest = panel.Columns.Max(name => FigureFrame.WidthOf(name, TextSize)) + 6;
        int stride = new[] { 1, 2, 5, 10, 20, 50, 100 }.FirstOrDefault(step => step * width >= Math.Min(longest, 90), 100);
        for (int column = stride - 1; column < panel.Columns.Count; column += stride)
            marks.Add(new TextMark(left + (column + 0.5) * width, y + 16, FigureFrame.Fit(panel.Columns[column], stride * width, TextSize), TextSize, PartitionDrawing.Ink, TextAnchor.Middle));
    }

    private static double AddBar(List<Mark> marks, ScoreMapFigureOptions options, double left, double top, (double Low, double High) ends)
    {
        const double height = 150;
        marks.Add(new TextMark(left, top, FigureFrame.Fit(options.ValueLabel, BarRoom - 30, NameSize), NameSize, PartitionDrawing.Ink) { Bold = true });
        if (options.ValueNote is string note)
            marks.Add(new TextMark(left, top += 15, FigureFrame.Fit(note, BarRoom - 30, 10.5), 10.5, PartitionDrawing.Gray));
        uint[] stops = [.. Enumerable.Range(0, ColorBar.Stops).Select(i => Palettes.Sequential(i / (ColorBar.Stops - 1.0)))];
        ColorBar.Add(marks, left, top + 10, height, stops, Ticks.Linear(ends.Low, ends.High, 5).Select(tick => ((tick.Value - ends.Low) / (ends.High - ends.Low), tick.Label)));
        return top + 10 + height;
    }

    private static (double Low, double High) Ends(IReadOnlyList<ScoreMapPanel> panels, ScoreMapFigureOptions options)
    {
        if (options.Range is AxisRange range)
            return (range.Low, range.High);
        double[] values = [.. panels.SelectMany(panel => panel.Values).SelectMany(row => row).Where(double.IsFinite)];
        (double low, double high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        return low < high ? (low, high) : (low - 0.5, high + 0.5);
    }
}
