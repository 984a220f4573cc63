using System.Globalization;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Views;

/// <summary>The column beside the plot: color bar or swatches, creases by layer, boundary.</summary>
/// <param name="marks">Where the marks go.</param>
/// <param name="left">Left edge of the column.</param>
/// <param name="top">Top of the column.</param>
internal sealed class FigureLegend(List<Mark> marks, double left, double top)
{
    private const int MostEntries = 14;
    private const int LongestLabel = 26;
    private const double RowHeight = 19;
    private const double TextSize = 11.5;
    private const double TextWidth = 174;

    private double _y = top;

    /// <summary>Adds the whole legend.</summary>
    /// <returns>The lowest point of it.</returns>
    public double Add(Partition partition, Coloring coloring, CreaseInk[] inks, bool boundary, double height)
    {
        Heading(coloring.Label);
        if (coloring.Scale is { } scale)
            Bar(coloring, scale, Math.Clamp(0.42 * height, 70, 240));
        else if (coloring.Entries.Count > 0)
            Swatches(coloring);
        else
            Note("by the hash of the code");
        if (inks.Length > 0)
        {
            _y += 18;
            Heading("creases");
            for (int l = 0; l < Math.Min(inks.Length, MostEntries); l++)
                Sample(LayerName(partition, l), [(Palettes.Ink(l), Math.Max(0.5, inks[l].Width), Math.Max(0.85, inks[l].Opacity))]);
            More(inks.Length);
        }
        if (boundary)
        {
            _y += inks.Length > 0 ? 4 : 18;
            Sample("decision boundary", [(0xFFFFFF, PartitionDrawing.BoundaryHalo, 1), (0x000000, PartitionDrawing.BoundaryWidth, 1)]);
        }
        return _y;
    }

    /// <summary>What a piecewise layer is called: its number, its name where that is short, its units.</summary>
    public static string LayerName(Partition partition, int layer)
    {
        Node node = partition.Layers[layer];
        int units = ((PiecewiseLayer)node.Layer).Units;
        string number = string.Create(CultureInfo.InvariantCulture, $"layer {layer + 1}"), size = $"({units} unit{(units == 1 ? "" : "s")})";
        string named = $"{number}: {node.Name} {size}";
        return node.Name.Length > 0 && named.Length <= LongestLabel ? named : $"{number} {size}";
    }

    private void Heading(string text)
    {
        _y += 10;
        marks.Add(new TextMark(left, _y, text, 12.5, PartitionDrawing.Ink) { Bold = true });
        _y += 6;
    }

    private void Note(string text)
    {
        _y += 11;
        marks.Add(new TextMark(left, _y, text, 10.5, PartitionDrawing.Gray));
        _y += 3;
    }

    private void Bar(Coloring coloring, ColorScale scale, double height)
    {
        if (scale.Note is { } note)
            Note(note);
        _y += 9;
        var stops = new uint[ColorBar.Stops];
        for (int i = 0; i < stops.Length; i++)
            stops[i] = scale.Low == scale.High ? coloring.Palette[128] : coloring.Palette[i * 255 / 16];
        ColorBar.Add(marks, left, _y, height, stops, scale.Ticks().Select(tick => (scale.Position(tick.Value), tick.Label)));
        _y += height + 4;
    }

    private void Swatches(Coloring coloring)
    {
        for (int i = 0; i < Math.Min(coloring.Entries.Count, MostEntries); i++)
        {
            (string name, int index) = coloring.Entries[i];
            _y += 4;
            marks.Add(new PolygonMark([left, _y, left + 22, _y, left + 22, _y + 12, left, _y + 12], coloring.Palette[index], PartitionDrawing.Ink, 0.5));
            marks.Add(new TextMark(left + 30, _y + 10, FigureFrame.Fit(name, TextWidth, TextSize), TextSize, PartitionDrawing.Ink));
            _y += RowHeight - 4;
        }
        More(coloring.Entries.Count);
    }

    private void Sample(string name, ReadOnlySpan<(uint Color, double Width, double Opacity)> strokes)
    {
        _y += RowHeight;
        // A halo is white: it shows only on a patch of color.
        if (strokes.Length > 1)
            marks.Add(new PolygonMark([left, _y - 11, left + 22, _y - 11, left + 22, _y + 3, left, _y + 3], 0xB9C4CE, null, 0));
        foreach ((uint color, double width, double opacity) in strokes)
        {
            var line = new Polylines();
            line.Begin(left, _y - 4);
            line.Add(left + 22, _y - 4);
            marks.Add(new LinesMark("legend", line, color, width, opacity));
        }
        marks.Add(new TextMark(left + 30, _y, FigureFrame.Fit(name, TextWidth, TextSize), TextSize, PartitionDrawing.Ink));
    }

    private void More(int count)
    {
        if (count <= MostEntries)
            return;
        _y += 14;
        marks.Add(new TextMark(left + 30, _y, $"and {count - MostEntries} more", TextSize, PartitionDrawing.Gray));
    }
}
