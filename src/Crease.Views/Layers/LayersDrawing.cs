using Crease.Geometry;

namespace Crease.Views;

/// <summary>Lays out one panel per layer.</summary>
internal static class LayersDrawing
{
    private const double Margin = 24, Top = 70, Gap = 18, CaptionHeight = 26, TextSize = 12;
    private const uint Faded = 0xB4B9C2, Marked = 0xD55E00;

    public static Figure Of(Partition partition, LayersFigureOptions options)
    {
        int layers = partition.Layers.Length;
        double wide = Math.Max(PanelAxes.Least, (options.Width - 2 * Margin + Gap) / Math.Min(options.Columns, layers) - Gap - PanelAxes.Left), tall = PanelAxes.Bottom + CaptionHeight;
        string title = options.Title ?? partition.Network.Name;
        string subtitle = "each panel adds the creases of one layer; gray: layers before" + (options.Marked is var (of, unit) ? $"; orange: layer {of + 1}, unit {unit}" : "") + (partition.Boundary is { SegmentCount: > 0 } ? "; thick: decision boundary" : "");
        var marks = new List<Mark>
        {
            new TextMark(Margin, 30, FigureFrame.Fit(title, options.Width - 2 * Margin, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(Margin, 50, FigureFrame.Fit(subtitle, options.Width - 2 * Margin, 12.5), 12.5, PartitionDrawing.Gray),
        };
        double bottom = Top;
        for (int l = 0; l < layers; l++)
        {
            double x = Margin + PanelAxes.Left + l % options.Columns * (wide + Gap + PanelAxes.Left), y = Top + CaptionHeight - 8 + l / options.Columns * (PlotArea.Fit(partition.Slice, 0, 0, wide, 2 * wide).Height + tall);
            PlotArea area = PlotArea.Fit(partition.Slice, x, y, wide, 2 * wide);
            Panel(marks, partition, options, area, l);
            bottom = area.Bottom + PanelAxes.Bottom + 6;
        }
        return new Figure(options.Width, bottom, title, subtitle, marks);
    }

    private static void Panel(List<Mark> marks, Partition partition, LayersFigureOptions options, PlotArea area, int layer)
    {
        double[] domain = area.Polygon(partition.Slice.Domain);
        marks.Add(new PolygonMark(domain, 0xFFFFFF, null, 0));
        Polylines[] lines = CreaseLines.Of(partition, area, crease => crease.Layer <= layer);
        for (int l = 0; l <= layer; l++)
        {
            if (lines[l].Count > 0)
                marks.Add(new LinesMark($"layer-{layer + 1}-{l + 1}", lines[l], l == layer ? Palettes.Stroke(0) : Faded, l == layer ? 1.1 : 0.8, 1));
        }
        if (options.Marked is var (of, unit) && layer >= of)
        {
            Polylines marked = CreaseLines.Of(partition, area, crease => crease.Layer == of && crease.Unit == unit)[of];
            if (marked.Count > 0)
            {
                marks.Add(new LinesMark($"halo-{layer + 1}", marked, 0xFFFFFF, 5, 0.9));
                marks.Add(new LinesMark($"marked-{layer + 1}", marked, Marked, 2.6, 1));
            }
        }
        if (layer == partition.Layers.Length - 1 && partition.Boundary is { SegmentCount: > 0 } boundary)
            PartitionDrawing.AddBoundary(marks, boundary, area);
        marks.Add(new PolygonMark(domain, null, PartitionDrawing.Ink, 1));
        string name = $"layer {layer + 1}: {PartitionDrawing.Count(partition.RegionsPerLayer[layer])} regions";
        PanelAxes.Add(marks, area, PartitionDrawing.AxisNames(partition.Slice));
        marks.Add(new TextMark(area.Left, area.Top - 7, FigureFrame.Fit(name, area.Width, TextSize), TextSize, PartitionDrawing.Ink) { Bold = true });
    }
}
