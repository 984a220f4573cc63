using System.Globalization;
using Crease.Networks;

namespace Crease.Views;

/// <summary>Lays templates out: the input first, then one tile per output with its score below.</summary>
internal static class TemplateDrawing
{
    private const int MostRows = 24, MostBars = 4096;
    private const double Margin = 24, Top = 70, Gap = 14, CaptionHeight = 48, LegendHeight = 34, TextSize = 11.5;

    public static Figure Of(IReadOnlyList<double> input, IReadOnlyList<TemplateRow> all, TemplateFigureOptions options)
    {
        TemplateRow[] rows = [.. all.Count <= MostRows ? all : all.OrderByDescending(row => row.Score).Take(MostRows)];
        double largest = rows.Max(row => Sums(row.Slopes, options.Image).Max(Math.Abs)), best = all.Max(row => row.Score);
        double tile = (options.Width - 2 * Margin + Gap) / options.Columns - Gap;
        double height = options.Image is Shape image ? tile * image[1] / image[2] : 0.62 * tile;
        string title = options.Title ?? "Templates", subtitle = (options.Subtitle ?? "score = ⟨template, input⟩ + offset; one scale for all templates") + (rows.Length < all.Count ? $"; the {rows.Length} largest of {all.Count} outputs" : "");
        var marks = new List<Mark>
        {
            new TextMark(Margin, 30, FigureFrame.Fit(title, options.Width - 2 * Margin, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(Margin, 50, FigureFrame.Fit(subtitle, options.Width - 2 * Margin, 12.5), 12.5, PartitionDrawing.Gray),
        };
        for (int i = 0; i <= rows.Length; i++)
        {
            double x = Margin + i % options.Columns * (tile + Gap), y = Top + i / options.Columns * (height + CaptionHeight);
            if (i == 0)
                Tile(marks, input, options, x, y, tile, height, input.Max(Math.Abs), isInput: true);
            else
                Tile(marks, rows[i - 1].Slopes, options, x, y, tile, height, largest, isInput: false);
            bool isBest = i > 0 && rows[i - 1].Score == best;
            marks.Add(new PolygonMark([x, y, x + tile, y, x + tile, y + height, x, y + height], null, isBest ? PartitionDrawing.Ink : PartitionDrawing.Gray, isBest ? 2 : 0.6));
            string name = i == 0 ? "input" : $"{rows[i - 1].Name}: {Number(rows[i - 1].Score)}";
            marks.Add(new TextMark(x, y + height + 15, FigureFrame.Fit(name, tile, TextSize), TextSize, PartitionDrawing.Ink) { Bold = isBest || i == 0 });
            if (i > 0)
                marks.Add(new TextMark(x, y + height + 29, FigureFrame.Fit($"{Number(rows[i - 1].Match)} {(rows[i - 1].Offset < 0 ? "−" : "+")} {Number(Math.Abs(rows[i - 1].Offset))}", tile, 10.5), 10.5, PartitionDrawing.Gray));
        }
        double bottom = Top + (rows.Length / options.Columns + 1) * (height + CaptionHeight);
        Legend(marks, Margin, bottom - 4, largest, options.Image is { } shown && shown[0] == 3);
        return new Figure(options.Width, bottom + LegendHeight, title, subtitle, marks);
    }

    internal static void Tile(List<Mark> marks, IReadOnlyList<double> values, TemplateFigureOptions options, double x, double y, double width, double height, double largest, bool isInput)
    {
        if (options.Image is not Shape shape)
            Bars(marks, values, x, y, width, height, largest, isInput);
        else if (isInput)
            marks.Add(new ImageMark(x, y, width, height, shape[2], ContactSheet.Colors([.. values], shape, options.Range)));
        else
            marks.Add(new ImageMark(x, y, width, height, shape[2], Array.ConvertAll(Sums(values, shape), sum => ValueImage.Signed(largest > 0 ? sum / largest : 0))));
    }

    // Positive numbers stand up from the middle, negative ones hang down.
    private static void Bars(List<Mark> marks, IReadOnlyList<double> values, double x, double y, double width, double height, double largest, bool isInput)
    {
        int step = (values.Count + MostBars - 1) / MostBars;
        double bar = width * step / values.Count, middle = y + height / 2, scale = largest > 0 ? 0.46 * height / largest : 0;
        for (int i = 0; i < values.Count; i += step)
        {
            double value = values[i], left = x + i * width / values.Count + (bar > 4 ? 0.15 * bar : 0), right = left + Math.Max(0.5, bar > 4 ? 0.7 * bar : bar), end = middle - value * scale;
            marks.Add(new PolygonMark([left, middle, right, middle, right, end, left, end], isInput ? PartitionDrawing.Gray : ValueImage.Signed(Math.Sign(value)), null, 0));
        }
        var line = new Polylines();
        line.Begin(x, middle);
        line.Add(x + width, middle);
        marks.Add(new LinesMark("zero", line, PartitionDrawing.Gray, 0.6, 1));
    }

    private static void Legend(List<Mark> marks, double x, double y, double largest, bool isColored)
    {
        // Three rows of squares: an image keeps its proportions.
        uint[] row = [.. Enumerable.Range(-20, 41).Select(i => ValueImage.Signed(i / 20.0))], colors = [.. row, .. row, .. row];
        marks.Add(new TextMark(x, y + 11, "−" + Number(largest), TextSize, PartitionDrawing.Ink));
        double left = x + FigureFrame.WidthOf("−" + Number(largest), TextSize) + 8;
        marks.Add(new ImageMark(left, y + 1, 164, 12, row.Length, colors));
        marks.Add(new TextMark(left + 172, y + 11, $"{Number(largest)} output per input unit{(isColored ? "; color channels are summed" : "")}", TextSize, PartitionDrawing.Ink));
    }

    internal static double[] Sums(IReadOnlyList<double> values, Shape? image)
    {
        if (image is not Shape shape)
            return [.. values];
        var sums = new double[shape[1] * shape[2]];
        for (int i = 0; i < values.Count; i++)
            sums[i % sums.Length] += values[i];
        return sums;
    }

    internal static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');
}
