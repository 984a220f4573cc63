using System.Globalization;
using Crease.Measures;

namespace Crease.Views;

/// <summary>Lays a map of local complexity out as a figure: pixels, domain, points, then frame and color bar.</summary>
internal static class ComplexityMapDrawing
{
    private const double LegendWidth = 170;
    private const double LeftMargin = 68;
    private const double TopMargin = 66;
    private const double BottomMargin = 56;
    private const byte Outside = 255;

    public static Figure Of(ComplexityMap map, ComplexityMapFigureOptions options)
    {
        double room = Math.Max(100, options.Width - LeftMargin - LegendWidth);
        PlotArea area = PlotArea.Fit(map.Slice, LeftMargin, TopMargin, room, 1.25 * room);
        double[] inside = [.. map.Values.ToArray().Where(double.IsFinite)];
        (double low, double high) = Range(inside);
        uint[] colors = [.. Enumerable.Range(0, Outside).Select(i => Palettes.Sequential(i / (Outside - 1.0))), 0xFFFFFF];
        var marks = new List<Mark> { Pixels(map, area, low, high, colors), new PolygonMark(area.Polygon(map.Slice.Domain), null, PartitionDrawing.Ink, 1) };
        foreach (FigurePoint point in options.Points)
            PartitionDrawing.AddPoint(marks, point, area);
        string title = options.Title ?? map.Network.Name, subtitle = Subtitle(map);
        FigureFrame.Add(marks, area, PartitionDrawing.AxisNames(map.Slice), title, subtitle, options.Width);
        double lowest = AddBar(marks, map, colors, (low, high), inside.Length > 0 && (inside.Min() < low || inside.Max() > high), area);
        return new Figure(options.Width, Math.Max(area.Bottom + BottomMargin, lowest + 20), title, subtitle, marks);
    }

    private static string Subtitle(ComplexityMap map) => string.Create(CultureInfo.InvariantCulture,
        $"{map.Columns} × {map.Rows} pixels, radius {map.Options.Radius:G4}, {2 * (map.Options.GivenDirections?.Count ?? map.Options.Directions)} vertices; mean {map.Totals.Mean:F2}{(map.IsApproximate ? ", approximate" : "")}");

    // Whole counts: a bar from 0 to 0 would have no colors.
    private static (double Low, double High) Range(double[] values)
    {
        if (values.Length == 0)
            return (0, 1);
        double[] sorted = [.. values.Order()];
        double low = sorted[(int)(0.01 * (sorted.Length - 1))], high = sorted[(int)Math.Ceiling(0.99 * (sorted.Length - 1))];
        return (low, Math.Max(high, low + 1));
    }

    private static RasterMark Pixels(ComplexityMap map, PlotArea area, double low, double high, uint[] colors)
    {
        var indices = new byte[map.Values.Length];
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++)
            {
                // Rows of a picture run down, those of a map up.
                double value = map.Values[(map.Rows - 1 - row) * map.Columns + column];
                indices[row * map.Columns + column] = double.IsNaN(value) ? Outside : (byte)Math.Round((Outside - 1) * Math.Clamp((value - low) / (high - low), 0, 1));
            }
        }
        return new RasterMark(area.Left, area.Top, area.Width, area.Height, map.Columns, map.Rows, colors, indices);
    }

    private static double AddBar(List<Mark> marks, ComplexityMap map, uint[] colors, (double Low, double High) range, bool isClipped, PlotArea area)
    {
        double left = area.Right + 30, y = area.Top + 14, height = Math.Clamp(0.6 * area.Height, 70, 300);
        marks.Add(new TextMark(left, y, "local complexity", 12.5, PartitionDrawing.Ink) { Bold = true });
        Note("units that change sign");
        if (map.IsApproximate)
            Note("approximate: smooth units");
        if (isClipped)
            Note("1%–99% of pixels");
        y += 10;
        uint[] stops = [.. Enumerable.Range(0, ColorBar.Stops).Select(i => colors[i * (Outside - 1) / (ColorBar.Stops - 1)])];
        IEnumerable<Tick> ticks = Ticks.Linear(range.Low, range.High, (int)Math.Clamp(Math.Min(height / 45, range.High - range.Low), 1, 6));
        ColorBar.Add(marks, left, y, height, stops, ticks.Select(tick => ((tick.Value - range.Low) / (range.High - range.Low), tick.Label)));
        return y + height;

        void Note(string text)
        {
            y += 15;
            marks.Add(new TextMark(left, y, text, 10.5, PartitionDrawing.Gray));
        }
    }
}
