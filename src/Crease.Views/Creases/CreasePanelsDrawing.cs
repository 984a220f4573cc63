namespace Crease.Views;

/// <summary>Lays panels of creases out: title, what the colors mean, rows of panels with their names.</summary>
internal static class CreasePanelsDrawing
{
    private const double Margin = 24, RowName = 26, Gap = 14, TitleSize = 12.5, PanelTitle = 20, Top = 66;
    private const double Hairline = 0.35, LeastTitle = 8.5;
    private const int MostPoints = 1500;
    private const uint Blue = 0x0072B2, Orange = 0xD55E00, Light = 0xB4BAC3, Black = 0x101418;

    public static Figure Of(IReadOnlyList<CreasePanel> panels, CreasePanelsFigureOptions options)
    {
        var marks = new List<Mark>();
        string title = options.Title ?? panels[0].Traces[0].Partition.Network.Name, subtitle = options.Subtitle ?? Meaning(panels, options.Points.Count > 0);
        double left = Margin + (options.RowNames.Count > 0 ? RowName : 0), width = Math.Max(PanelAxes.Least, (options.Width - left - Margin - Gap * (options.Columns - 1)) / options.Columns - PanelAxes.Left), y = Top;
        marks.Add(new TextMark(left, 30, FigureFrame.Fit(title, options.Width - left - Margin, 17), 17, PartitionDrawing.Ink) { Bold = true });
        marks.Add(new TextMark(left, 50, FigureFrame.Fit(subtitle, options.Width - left - Margin, 12.5), 12.5, PartitionDrawing.Gray));
        for (int row = 0; row * options.Columns < panels.Count; row++)
        {
            double lowest = y;
            for (int column = 0; column < options.Columns && row * options.Columns + column < panels.Count; column++)
            {
                CreasePanel panel = panels[row * options.Columns + column];
                PlotArea area = PlotArea.Fit(panel.Traces[0].Partition.Slice, left + PanelAxes.Left + column * (width + PanelAxes.Left + Gap), y + PanelTitle, width, 1.25 * width);
                Add(marks, panel, area, options, width);
                lowest = Math.Max(lowest, area.Bottom);
            }
            if (row < options.RowNames.Count)
                Name(marks, options.RowNames[row], (y + PanelTitle + lowest) / 2, lowest - y);
            y = lowest + PanelAxes.Bottom + Gap / 2;
        }
        return new Figure(options.Width, y + 6, title, subtitle, marks);
    }

    private static void Add(List<Mark> marks, CreasePanel panel, PlotArea area, CreasePanelsFigureOptions options, double width)
    {
        double size = FigureFrame.SizeFor(panel.Title, width, TitleSize, LeastTitle);
        marks.Add(new TextMark(area.Left, area.Top - 6, FigureFrame.Fit(panel.Title, width, size), size, PartitionDrawing.Ink));
        double[] domain = area.Polygon(panel.Traces[0].Partition.Slice.Domain);
        marks.Add(new PolygonMark(domain, 0xFFFFFF, null, 0));
        AddTraces(marks, panel.Traces, area);
        int step = (options.Points.Count - 1) / MostPoints + 1;
        for (int i = 0; i < options.Points.Count; i += step)
        {
            FigurePoint point = options.Points[i];
            double x = area.X(point.S), y = area.Y(point.T);
            if (x >= area.Left && x <= area.Right && y >= area.Top && y <= area.Bottom)
                marks.Add(new DiscMark(x, y, 1.9, point.Class is int c ? Palettes.Class(c) : PartitionDrawing.Ink, PartitionDrawing.Ink, 0.4));
        }
        marks.Add(new PolygonMark(domain, null, PartitionDrawing.Ink, 1));
        PanelAxes.Add(marks, area, PartitionDrawing.AxisNames(panel.Traces[0].Partition.Slice));
    }

    private static void Name(List<Mark> marks, string name, double middle, double height)
    {
        double size = FigureFrame.SizeFor(name, height, TitleSize, LeastTitle);
        marks.Add(new TextMark(Margin + 10, middle, FigureFrame.Fit(name, height, size), size, PartitionDrawing.Ink, TextAnchor.Middle) { Bold = true, Upward = true });
    }

    // Traces of one role share one look: together they must not cover the panel.
    private static void AddTraces(List<Mark> marks, IReadOnlyList<CreaseTrace> traces, PlotArea area)
    {
        Polylines[][] all = [.. traces.Select(trace => IsBoundary(trace.Role) ? [] : Lines(trace, area))];
        for (int t = 0; t < traces.Count; t++)
        {
            CreaseRole role = traces[t].Role;
            if (IsBoundary(role))
            {
                AddBoundary(marks, traces[t], area);
                continue;
            }
            double length = Enumerable.Range(0, traces.Count).Where(other => traces[other].Role == role).Sum(other => all[other].Sum(lines => lines.Length()));
            (uint color, double thick, double opacity) = Look(role, length / ((area.Right - area.Left) * (area.Bottom - area.Top)));
            // One of many is one mark: its layers do not darken each other, and what many add up to stays bounded.
            IReadOnlyList<Polylines> drawn = role == CreaseRole.OneOfMany && all[t].Length > 0 ? [Polylines.Joined(all[t])] : all[t];
            foreach (Polylines lines in drawn)
                marks.Add(new LinesMark("creases", lines, color, thick, opacity));
        }
    }

    private static bool IsBoundary(CreaseRole role) => role is CreaseRole.Boundary or CreaseRole.BoundaryOfMany or CreaseRole.OtherBoundary;

    private static Polylines[] Lines(CreaseTrace trace, PlotArea area) =>
        [.. CreaseLines.Of(trace.Partition, area, crease => crease.Layer >= trace.FirstLayer && crease.Layer <= trace.LastLayer).Where(each => each.Count > 0)];

    private static void AddBoundary(List<Mark> marks, CreaseTrace trace, PlotArea area)
    {
        (uint ink, double width, double cover) = trace.Role switch { CreaseRole.Boundary => (Orange, 2.0, 1.0), CreaseRole.BoundaryOfMany => (Orange, 1.2, 0.22), _ => (Black, 1.1, 0.9) };
        if (trace.Partition.Boundary is { SegmentCount: > 0 } boundary)
            marks.Add(new LinesMark("boundary", BoundaryLines.Of(boundary, area), ink, width, cover));
    }

    private static (uint Color, double Width, double Opacity) Look(CreaseRole role, double density) => role switch
    {
        CreaseRole.Current => Thinned(Blue, density, 0.5, 1.2, 0.95, 0.3),
        CreaseRole.Earlier => Thinned(Light, density, 0.6, 0.9, 0.9, 0.4),
        _ => Thinned(Blue, density, 0.5, 0.7, 0.16, 0.04),
    };

    // Where lines would cover the panel they get thinner, and then fainter, so that dense and empty places still differ. Density is length per area.
    private static (uint Color, double Width, double Opacity) Thinned(uint color, double density, double most, double width, double opacity, double faintest)
    {
        double thin = Math.Max(Hairline, Math.Min(width, most / Math.Max(density * opacity, 1e-300)));
        return (color, thin, Math.Max(faintest, opacity * Math.Min(1, most / Math.Max(density * opacity * thin, 1e-300))));
    }

    private static string Meaning(IReadOnlyList<CreasePanel> panels, bool hasPoints)
    {
        CreaseRole[] roles = [.. panels.SelectMany(panel => panel.Traces).Select(trace => trace.Role).Distinct()];
        var parts = new List<string>();
        if (roles.Contains(CreaseRole.Current))
            parts.Add("blue: creases of the panel's layer");
        if (roles.Contains(CreaseRole.Earlier))
            parts.Add("gray: earlier layers");
        if (roles.Contains(CreaseRole.OneOfMany))
            parts.Add("faint blue: creases of many batches over each other");
        if (roles.Contains(CreaseRole.Boundary) || roles.Contains(CreaseRole.BoundaryOfMany))
            parts.Add("orange: decision boundary");
        if (roles.Contains(CreaseRole.OtherBoundary))
            parts.Add("black: decision boundary of the network compared with");
        if (hasPoints)
            parts.Add("dots: data");
        return string.Join("; ", parts);
    }
}
