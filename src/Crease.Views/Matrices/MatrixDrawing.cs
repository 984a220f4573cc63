namespace Crease.Views;

/// <summary>Lays matrices out as a figure: title, then for each panel its cells, names and scale of colors.</summary>
internal static class MatrixDrawing
{
    private const double LeastLeft = 84, LeastNames = 46, LongestNames = 190, LegendWidth = 150, TopMargin = 66, TitleRoom = 26, LabelSize = 10.5, TextSize = 12.5;
    private const double LeastCell = 12, LeastNumberCell = 25, LabelRoom = 74, LongestLabel = 68;
    private const byte Missing = 255;

    public static Figure Of(IReadOnlyList<MatrixPanel> panels, MatrixFigureOptions options)
    {
        uint[] colors = [.. Enumerable.Range(0, Missing).Select(i => Palettes.Sequential(i / (Missing - 1.0))), 0xE3E5E8];
        double names = Math.Clamp(panels.SelectMany(panel => panel.Rows).Max(name => FigureFrame.WidthOf(name, LabelSize)), LeastNames, LongestNames), left = LeastLeft + names - LeastNames;
        var marks = new List<Mark>
        {
            new TextMark(left, 30, FigureFrame.Fit(options.Title, options.Width - left - 20, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(left, 50, FigureFrame.Fit(options.Subtitle, options.Width - left - 20, TextSize), TextSize, PartitionDrawing.Gray),
        };
        double y = TopMargin, width = Math.Max(100, options.Width - left - LegendWidth);
        foreach (MatrixPanel panel in panels)
            y = Add(marks, panel, colors, (left, y), (width, names));
        return new Figure(options.Width, y, options.Title, options.Subtitle, marks);
    }

    private static double Add(List<Mark> marks, MatrixPanel panel, uint[] colors, (double Left, double Top) corner, (double Cells, double Names) room)
    {
        ((double left, double top), double width) = (corner, room.Cells);
        int rows = panel.Rows.Count, columns = panel.Columns.Count;
        double cellHeight = Math.Clamp(420.0 / rows, 3, 26), height = Math.Max(rows * cellHeight, 40);
        cellHeight = height / rows;
        double cellWidth = width / columns;
        (double low, double high) = panel.Range;
        marks.Add(new TextMark(left, top + 14, FigureFrame.Fit(panel.Title, width, 13.5), 13.5, PartitionDrawing.Ink) { Bold = true });
        top += TitleRoom;
        var indices = new byte[rows * columns];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = double.IsFinite(panel.Values[i]) ? (byte)Math.Round((Missing - 1) * Math.Clamp((panel.Values[i] - low) / (high - low), 0, 1)) : Missing;
        marks.Add(new RasterMark(left, top, width, height, columns, rows, colors, indices));
        if (cellWidth >= LeastNumberCell && cellHeight >= 14)
            Numbers(marks, panel, (left, top), (cellWidth, cellHeight), (low, high));
        marks.Add(new PolygonMark([left, top, left + width, top, left + width, top + height, left, top + height], null, PartitionDrawing.Ink, 0.8));
        int rowStep = (int)Math.Ceiling(LeastCell / cellHeight);
        for (int row = 0; row < rows; row += rowStep)
            marks.Add(new TextMark(left - 8, top + (row + 0.5) * cellHeight + 0.36 * LabelSize, FigureFrame.WidthOf(panel.Rows[row], LabelSize) <= room.Names ? panel.Rows[row] : FigureFrame.Fit(panel.Rows[row], room.Names, LabelSize), LabelSize, PartitionDrawing.Ink, TextAnchor.End));
        marks.Add(new TextMark(left - room.Names - 12, top + height / 2, panel.RowLabel, TextSize, PartitionDrawing.Ink, TextAnchor.Middle) { Upward = true });
        double below = Columns(marks, panel, (left, top + height), cellWidth);
        marks.Add(new TextMark(left + width / 2, below + 14, panel.ColumnLabel, TextSize, PartitionDrawing.Ink, TextAnchor.Middle));
        double lowest = Bar(marks, panel, colors, left + width + 24, top, Math.Clamp(height - 30, 60, 240), (low, high));
        return Math.Max(below + 14, lowest) + 26;
    }

    private static void Numbers(List<Mark> marks, MatrixPanel panel, (double X, double Y) corner, (double Width, double Height) cell, (double Low, double High) range)
    {
        for (int i = 0; i < panel.Values.Count; i++)
        {
            double value = panel.Values[i];
            if (!double.IsFinite(value))
                continue;
            uint ink = (value - range.Low) / (range.High - range.Low) < 0.45 ? 0xFFFFFF : PartitionDrawing.Ink;
            string text = value == Math.Round(value) ? Ticks.Short(value) : Ticks.Short(Math.Round(value, 2));
            marks.Add(new TextMark(corner.X + (i % panel.Columns.Count + 0.5) * cell.Width, corner.Y + (i / panel.Columns.Count + 0.5) * cell.Height + 0.36 * LabelSize, text, LabelSize, ink, TextAnchor.Middle));
        }
    }

    // Names stand upright where they are long, and only every so often where cells are narrow.
    private static double Columns(List<Mark> marks, MatrixPanel panel, (double X, double Y) corner, double cellWidth)
    {
        bool isUpright = panel.Columns.Any(name => FigureFrame.WidthOf(name, LabelSize) > cellWidth - 4) && cellWidth >= LeastCell;
        int step = isUpright ? 1 : (int)Math.Ceiling(panel.Columns.Max(name => FigureFrame.WidthOf(name, LabelSize) + 8) / cellWidth);
        double longest = 0;
        for (int column = 0; column < panel.Columns.Count; column += step)
        {
            string name = FigureFrame.Fit(panel.Columns[column], isUpright ? LongestLabel : Math.Max(LongestLabel, step * cellWidth - 8), LabelSize);
            double x = corner.X + (column + 0.5) * cellWidth;
            marks.Add(isUpright
                ? new TextMark(x + 0.36 * LabelSize, corner.Y + 6, name, LabelSize, PartitionDrawing.Ink, TextAnchor.End) { Upward = true }
                : new TextMark(x, corner.Y + 15, name, LabelSize, PartitionDrawing.Ink, TextAnchor.Middle));
            longest = Math.Max(longest, FigureFrame.WidthOf(name, LabelSize));
        }
        return corner.Y + (isUpright ? Math.Min(LabelRoom, longest + 12) : 18);
    }

    private static double Bar(List<Mark> marks, MatrixPanel panel, uint[] colors, double left, double top, double height, (double Low, double High) range)
    {
        double y = top - 4;
        foreach (string line in FigureFrame.Lines(panel.ValueLabel, LegendWidth - 34, LabelSize))
            marks.Add(new TextMark(left, y += 14, line, LabelSize, PartitionDrawing.Ink));
        y += 12;
        uint[] stops = [.. Enumerable.Range(0, ColorBar.Stops).Select(i => colors[i * (Missing - 1) / (ColorBar.Stops - 1)])];
        IEnumerable<Tick> ticks = Ticks.Linear(range.Low, range.High, (int)Math.Clamp(height / 45, 1, 6));
        ColorBar.Add(marks, left, y, height, stops, ticks.Select(tick => ((tick.Value - range.Low) / (range.High - range.Low), tick.Label)));
        return y + height;
    }
}
