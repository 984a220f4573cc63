using System.Globalization;
using Crease.Geometry;
using Crease.Networks;

namespace Crease.Views;

/// <summary>Lays a partition out as a figure: regions, creases, boundary, points, then frame and legend.</summary>
internal static class PartitionDrawing
{
    public const uint Ink = 0x1D1F24;
    public const uint Gray = 0x5F646D;
    public const double BoundaryWidth = 2.4;
    public const double BoundaryHalo = 5;

    private const double LegendWidth = 240;
    private const double LeftMargin = 68;
    private const double TopMargin = 66;
    private const double BottomMargin = 56;

    public static Figure Of(Partition partition, PartitionFigureOptions options)
    {
        PlotArea area = options.Frame
            ? PlotArea.Fit(partition.Slice, LeftMargin, TopMargin, options.Width - LeftMargin - LegendWidth, 1.25 * (options.Width - LeftMargin - LegendWidth))
            : PlotArea.Fit(partition.Slice, 0, 0, options.Width, 4 * options.Width);
        Coloring coloring = options.Values is { } values ? Coloring.Of(partition, values, options.ColorRange) : Coloring.Of(partition, options.Color, options.ClassNames, options.ColorRange);
        var marks = new List<Mark>();
        double[] domain = area.Polygon(partition.Slice.Domain);
        // Antialiased seams let a little of what is below shine through: a color of the picture, not the white of the page.
        marks.Add(new PolygonMark(domain, Backdrop(partition, coloring), null, 0));
        marks.Add(new RegionsMark(partition, area, coloring));
        CreaseInk[] inks = options.Creases ? AddCreases(marks, partition, area) : [];
        bool boundary = options.Boundary && partition.Boundary is { SegmentCount: > 0 };
        if (boundary)
            AddBoundary(marks, partition.Boundary!, area);
        marks.Add(new PolygonMark(domain, null, Ink, 1));
        foreach (FigurePoint point in options.Points)
            AddPoint(marks, point, area);
        string title = options.Title ?? partition.Network.Name;
        string subtitle = Subtitle(partition);
        double height = area.Bottom;
        if (options.Frame)
        {
            height += BottomMargin;
            FigureFrame.Add(marks, area, AxisNames(partition.Slice), title, subtitle, options.Width);
            double lowest = new FigureLegend(marks, area.Right + 30, area.Top + 4).Add(partition, coloring, inks, boundary, area.Height);
            height = Math.Max(height, lowest + 20);
        }
        return new Figure(options.Frame ? options.Width : area.Right, height, title, subtitle, marks);
    }

    /// <summary>Names of both axes: those of the inputs where the slice is the input plane itself.</summary>
    public static (string S, string T) AxisNames(Slice slice) =>
        slice.Inputs == 2 && slice.Origin is [0, 0] && slice.Directions is [1, 0, 0, 1] ? ("x1", "x2") : ("s (input units)", "t (input units)");

    public static string Subtitle(Partition partition)
    {
        string text = $"{Count(partition.RegionCount)} region{(partition.RegionCount == 1 ? "" : "s")}";
        if (partition.Boundary is { SegmentCount: > 0 } boundary)
            text += $", decision boundary of length {Ticks.Significant(boundary.Length)}";
        return partition.Status == Numerics.Status.Complete ? text : text + " (incomplete)";
    }

    /// <summary>Digits in groups of three, by narrow spaces from five digits on.</summary>
    public static string Count(long count) =>
        count < 10_000 ? count.ToString(CultureInfo.InvariantCulture) : count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    private static CreaseInk[] AddCreases(List<Mark> marks, Partition partition, PlotArea area)
    {
        Polylines[] lines = CreaseLines.Of(partition, area);
        double domain = partition.DomainArea * area.Scale * area.Scale;
        CreaseInk[] inks = CreaseInk.Of(Array.ConvertAll(lines, each => each.Length()), domain);
        for (int l = lines.Length - 1; l >= 0; l--)
        {
            if (lines[l].Count > 0)
                marks.Add(new LinesMark($"creases-{l + 1}", lines[l], Palettes.Ink(l), inks[l].Width, inks[l].Opacity));
        }
        return inks;
    }

    public static void AddBoundary(List<Mark> marks, DecisionBoundary boundary, PlotArea area)
    {
        Polylines lines = BoundaryLines.Of(boundary, area);
        marks.Add(new LinesMark("boundary-halo", lines, 0xFFFFFF, BoundaryHalo, 1));
        marks.Add(new LinesMark("boundary", lines, 0x000000, BoundaryWidth, 1));
    }

    public static void AddPoint(List<Mark> marks, FigurePoint point, PlotArea area)
    {
        double x = area.X(point.S), y = area.Y(point.T);
        if (x < area.Left || x > area.Right || y < area.Top || y > area.Bottom)
            return;
        uint fill = point.Class is int c ? Palettes.Class(c) : 0xFFFFFF;
        marks.Add(new DiscMark(x, y, 4.5, fill, 0xFFFFFF, 3.5));
        marks.Add(new DiscMark(x, y, 4.5, fill, 0x000000, 1.4));
        if (!string.IsNullOrEmpty(point.Label))
            marks.Add(new TextMark(x + 9, y + 4, point.Label, 12, 0x000000) { Halo = true, Bold = true });
    }

    private static uint Backdrop(Partition partition, Coloring coloring)
    {
        double red = 0, green = 0, blue = 0, total = 0;
        for (int r = 0; r < partition.RegionCount; r++)
        {
            uint color = coloring.ColorOf(r);
            double area = partition.Areas[r];
            red += area * (color >> 16);
            green += area * (color >> 8 & 255);
            blue += area * (color & 255);
            total += area;
        }
        return total > 0 ? (uint)(red / total) << 16 | (uint)(green / total) << 8 | (uint)(blue / total) : 0xFFFFFF;
    }
}
