using System.Globalization;
using Crease.Numerics;

namespace Crease.Views;

/// <summary>Lays distributions out as a figure: title, panels row by row, in each a row of dots and a box per kind.</summary>
internal static class DistributionDrawing
{
    private const double Edge = 24, Top = 62, Row = 26, TitleRoom = 24, AxisRoom = 50, Gap = 18, TextSize = 12.5, LabelSize = 11, LongestName = 190;
    private const double Spread = 0.72, Box = 0.42, DotRadius = 1.6, NoteSize = 9.5;
    private const int MostDots = 400;
    private const uint Grid = 0xE3E5E8;

    public static Figure Of(IReadOnlyList<DistributionPanel> panels, DistributionFigureOptions options)
    {
        int columns = Math.Min(options.Columns, panels.Count);
        double names = Math.Min(LongestName, panels.SelectMany(panel => panel.Groups).Max(group => FigureFrame.WidthOf(group.Name, LabelSize)) + 12);
        var marks = new List<Mark>
        {
            new TextMark(Edge, 30, FigureFrame.Fit(options.Title, options.Width - 2 * Edge, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(Edge, 49, FigureFrame.Fit(options.Subtitle, options.Width - 2 * Edge, TextSize), TextSize, PartitionDrawing.Gray),
        };
        double y = Top;
        for (int first = 0; first < panels.Count; first += columns)
        {
            DistributionPanel[] row = [.. panels.Skip(first).Take(columns)];
            bool hasSharedNames = row.All(panel => panel.Groups.Select(group => group.Name).SequenceEqual(row[0].Groups.Select(group => group.Name)));
            double all = options.Width - 2 * Edge - names - (columns - 1) * (hasSharedNames ? Gap : Gap + names), width = all / columns, x = Edge + names;
            foreach (DistributionPanel panel in row)
            {
                Panel(marks, panel, x, y, width, panel == row[0] || !hasSharedNames);
                x += width + Gap + (hasSharedNames ? 0 : names);
            }
            y += TitleRoom + Row * row.Max(panel => panel.Groups.Count) + AxisRoom;
        }
        return new Figure(options.Width, y + 4, options.Title, options.Subtitle, marks);
    }

    private static void Panel(List<Mark> marks, DistributionPanel panel, double left, double top, double width, bool hasNames)
    {
        double upper = top + TitleRoom, lower = upper + Row * panel.Groups.Count;
        string missing = string.Join("; ", panel.Groups.Select(group => (group.Name, Count: group.Values.Count(value => !CurveAxis.IsPlace(panel.Scale, value)), group.Values)).Where(group => group.Count > 0)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Name}: {group.Count} of {group.Values.Count} off the axis")));
        double noted = FigureFrame.WidthOf(missing, NoteSize);
        marks.Add(new TextMark(left, top + 15, FigureFrame.Fit(panel.Title, Math.Max(60, width - noted - 8), TextSize), TextSize, PartitionDrawing.Ink) { Bold = true });
        if (missing.Length > 0)
            marks.Add(new TextMark(left + width, top + 15, FigureFrame.Fit(missing, 0.7 * width, NoteSize), NoteSize, PartitionDrawing.Gray, TextAnchor.End));
        double[] shown = [.. panel.Groups.SelectMany(group => group.Values).Where(value => CurveAxis.IsPlace(panel.Scale, value))];
        CurveAxis axis = CurveAxis.Of(panel.Scale, null, shown, 0.04);
        Axis(marks, axis, panel.Label, (left, upper), (width, lower - upper));
        for (int g = 0; g < panel.Groups.Count; g++)
        {
            double middle = upper + (g + 0.5) * Row;
            if (hasNames)
                marks.Add(new TextMark(left - 8, middle + 0.36 * LabelSize, FigureFrame.Fit(panel.Groups[g].Name, LongestName, LabelSize), LabelSize, PartitionDrawing.Ink, TextAnchor.End));
            Group(marks, panel.Groups[g], axis, left, width, middle);
        }
    }

    private static void Group(List<Mark> marks, DistributionGroup group, CurveAxis axis, double left, double width, double middle)
    {
        uint color = Palettes.Stroke(group.ColorIndex);
        double[] placed = [.. group.Values.Where(value => CurveAxis.IsPlace(axis.Scale, value))];
        int stride = (placed.Length + MostDots - 1) / MostDots;
        for (int i = 0; i < placed.Length; i += Math.Max(1, stride))
        {
            // Shares of the golden ratio spread any number of dots evenly over the height of the row.
            double share = i / Math.Max(1, stride) * 0.6180339887498949 % 1 - 0.5;
            marks.Add(new DiscMark(X(placed[i]), middle + share * Spread * Row, DotRadius, Palettes.Lighter(color), Palettes.Lighter(color), 0));
        }
        if (placed.Length == 0)
            return;
        Array.Sort(placed);
        var whisker = new Polylines();
        whisker.Begin(X(Quantile.OfSorted(placed, 0.05)), middle);
        whisker.Add(X(Quantile.OfSorted(placed, 0.95)), middle);
        marks.Add(new LinesMark("whisker", whisker, color, 1.2, 1));
        double from = X(Quantile.OfSorted(placed, 0.25)), to = X(Quantile.OfSorted(placed, 0.75)), half = Box * Row / 2, at = X(Quantile.OfSorted(placed, 0.5));
        marks.Add(new PolygonMark([from, middle - half, to, middle - half, to, middle + half, from, middle + half], color, color, 1) { Opacity = 0.35 });
        var median = new Polylines();
        median.Begin(at, middle - 1.5 * half);
        median.Add(at, middle + 1.5 * half);
        marks.Add(new LinesMark("median", median, PartitionDrawing.Ink, 2, 1));

        double X(double value) => left + axis.Share(value) * width;
    }

    private static void Axis(List<Mark> marks, CurveAxis axis, string label, (double X, double Y) corner, (double Width, double Height) size)
    {
        var grid = new Polylines();
        double bottom = corner.Y + size.Height;
        foreach (Tick tick in axis.Ticks((int)Math.Clamp(size.Width / 70, 2, 8)).Major)
        {
            double x = corner.X + axis.Share(tick.Value) * size.Width;
            grid.Begin(x, corner.Y);
            grid.Add(x, bottom + 4);
            marks.Add(new TextMark(x, bottom + 17, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.Middle));
        }
        marks.Add(new LinesMark("grid", grid, Grid, 0.8, 1));
        marks.Add(new TextMark(corner.X + size.Width / 2, bottom + 34, FigureFrame.Fit(label, size.Width, LabelSize), LabelSize, PartitionDrawing.Gray, TextAnchor.Middle));
    }
}
