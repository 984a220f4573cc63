namespace Crease.Views;

/// <summary>Lays centroids out: the input in the first column, then one tile per layer with its numbers below; a row per network.</summary>
internal static class CentroidDrawing
{
    private const double Margin = 24, Top = 70, Gap = 14, CaptionHeight = 58, TextSize = 11.5, SmallSize = 10.5, LeastSize = 7, WidestTile = 160;

    public static Figure Of(IReadOnlyList<double> input, IReadOnlyList<CentroidRow> rows, TemplateFigureOptions options)
    {
        int columns = 1 + rows[0].Tiles.Count;
        double tile = Math.Min(WidestTile, (options.Width - 2 * Margin + Gap) / columns - Gap), height = options.Image is { } image ? tile * image[1] / image[2] : 0.62 * tile;
        string title = options.Title ?? "Centroids", subtitle = options.Subtitle ?? $"site of the input's region up to each layer; scales differ: blue −s, white 0, red s{(options.Image is { } shown && shown[0] == 3 ? "; color channels summed" : "")}";
        var marks = new List<Mark>
        {
            new TextMark(Margin, 30, FigureFrame.Fit(title, options.Width - 2 * Margin, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(Margin, 50, FigureFrame.Fit(subtitle, options.Width - 2 * Margin, 12.5), 12.5, PartitionDrawing.Gray),
        };
        for (int r = 0; r < rows.Count; r++)
        {
            double y = Top + r * (height + CaptionHeight);
            if (r == 0)
            {
                TemplateDrawing.Tile(marks, input, options, Margin, y, tile, height, Math.Max(input.Max(), -input.Min()), isInput: true);
                Framed(marks, Margin, y, tile, height);
                Text(marks, "input", Margin, y + height + 15, tile, TextSize, PartitionDrawing.Ink, isBold: true);
            }
            Text(marks, rows[r].Name, Margin, r == 0 ? y + height + 30 : y + height / 2, tile, TextSize, PartitionDrawing.Ink, isBold: false);
            for (int c = 1; c < columns; c++)
                Tile(marks, rows[r].Tiles[c - 1], options, Margin + c * (tile + Gap), y, tile, height);
        }
        return new Figure(options.Width, Top + rows.Count * (height + CaptionHeight), title, subtitle, marks);
    }

    private static void Tile(List<Mark> marks, CentroidTile of, TemplateFigureOptions options, double x, double y, double tile, double height)
    {
        double largest = TemplateDrawing.Sums(of.Centroid, options.Image).Max(Math.Abs), norm = Math.Sqrt(of.Centroid.Sum(value => value * value));
        TemplateDrawing.Tile(marks, of.Centroid, options, x, y, tile, height, largest, isInput: false);
        Framed(marks, x, y, tile, height);
        Text(marks, of.Layer, x, y + height + 15, tile, TextSize, PartitionDrawing.Ink, isBold: true);
        Text(marks, $"‖μ‖ {TemplateDrawing.Number(norm)}, s = {TemplateDrawing.Number(largest)}", x, y + height + 30, tile, SmallSize, PartitionDrawing.Gray, isBold: false);
        Text(marks, $"ρ {TemplateDrawing.Number(of.Radius)}", x, y + height + 44, tile, SmallSize, PartitionDrawing.Gray, isBold: false);
    }

    private static void Framed(List<Mark> marks, double x, double y, double width, double height) =>
        marks.Add(new PolygonMark([x, y, x + width, y, x + width, y + height, x, y + height], null, PartitionDrawing.Gray, 0.6));

    private static void Text(List<Mark> marks, string text, double x, double y, double width, double most, uint ink, bool isBold)
    {
        double size = FigureFrame.SizeFor(text, width, most, LeastSize);
        if (text.Length > 0)
            marks.Add(new TextMark(x, y, FigureFrame.Fit(text, width, size), size, ink) { Bold = isBold });
    }
}
