using Crease.Models;
using Crease.Networks;

namespace Crease.Views;

/// <summary>Lays images out: a row per class with its first images where there are labels and few classes, else the first images in reading order.</summary>
internal static class ContactSheet
{
    private const int MostClasses = 20, MostRows = 12, LeastPerClass = 3;
    private const double Margin = 24, Top = 66, Gap = 4, WidestName = 130, Letter = 7, LabelSize = 11.5, LabelHeight = 15;

    public static Figure Of(DataSet data, DataFigureOptions options)
    {
        var marks = new List<Mark>();
        (string Name, int[] Rows)[] lines = Lines(data, options.Columns, out bool isByClass);
        double named = isByClass ? Math.Min(WidestName, Letter * lines.Max(line => line.Name.Length)) : 0, left = Margin + (isByClass ? named + 10 : 0);
        int columns = lines.Max(line => line.Rows.Length);
        Shape shape = data.Shape;
        double cell = Math.Min((options.Width - left - Margin + Gap) / Math.Max(columns, isByClass ? options.Columns : Math.Min(options.Columns, 4)), 220);
        double wide = cell - Gap, tall = Math.Max(2, wide * shape[1] / shape[2]), step = tall + Gap + (isByClass ? 0 : LabelHeight), y = Top;
        DataRange range = data.Range;
        foreach ((string name, int[] rows) in lines)
        {
            if (isByClass)
                marks.Add(new TextMark(left - 10, y + tall / 2 + 0.36 * LabelSize, FigureFrame.Fit(name, named, LabelSize), LabelSize, PartitionDrawing.Ink, TextAnchor.End));
            for (int i = 0; i < rows.Length; i++)
            {
                double x = left + i * cell;
                marks.Add(new ImageMark(x, y, wide, tall, shape[2], Colors(data.Row(rows[i]), shape, range)));
                marks.Add(new PolygonMark([x, y, x + wide, y, x + wide, y + tall, x, y + tall], null, PartitionDrawing.Gray, 0.5));
                if (!isByClass)
                    marks.Add(new TextMark(x, y + tall + 12, FigureFrame.Fit(data.Labels is null ? $"row {rows[i]}" : data.ClassName(data.Labels[rows[i]]), wide, 10), 10, PartitionDrawing.Gray));
            }
            y += step;
        }
        string title = options.Title ?? data.Name, subtitle = $"{PartitionDrawing.Count(data.Count)} images of {Size(shape)}{(data.Labels is int[] labels ? $" in {labels.Distinct().Count()} classes" : "")}; shown are the first{(isByClass ? " of each class" : "")}";
        marks.Add(new TextMark(Margin, 30, FigureFrame.Fit(title, options.Width - 2 * Margin, 17), 17, PartitionDrawing.Ink) { Bold = true });
        marks.Add(new TextMark(Margin, 50, FigureFrame.Fit(subtitle, options.Width - 2 * Margin, 12.5), 12.5, PartitionDrawing.Gray));
        return new Figure(options.Width, y + 14, title, subtitle, marks);
    }

    private static string Size(Shape shape) => $"{shape[1]} × {shape[2]} {(shape[0] == 3 ? "color pixels" : "pixels")}";

    private static (string, int[])[] Lines(DataSet data, int columns, out bool isByClass)
    {
        int[]? labels = data.Labels;
        int[] there = labels is null ? [] : [.. labels.Distinct().Order()];
        isByClass = there.Length is > 1 and <= MostClasses && data.Count >= LeastPerClass * there.Length;
        return isByClass
            ? [.. there.Select(label => ($"{data.ClassName(label)}", Enumerable.Range(0, labels!.Length).Where(row => labels[row] == label).Take(columns).ToArray()))]
            : [.. Enumerable.Range(0, data.Count).Take(columns * MostRows).Chunk(columns).Select(rows => ("", rows))];
    }

    /// <summary>One color per pixel, row by row.</summary>
    public static uint[] Colors(ReadOnlySpan<double> row, Shape shape, DataRange range)
    {
        int size = shape[1] * shape[2];
        var colors = new uint[size];
        double width = range.High > range.Low ? range.High - range.Low : 1;
        for (int i = 0; i < size; i++)
        {
            for (int c = 0; c < 3; c++)
                colors[i] = colors[i] << 8 | (uint)Math.Round(255 * Math.Clamp((row[(shape[0] == 3 ? c * size : 0) + i] - range.Low) / width, 0, 1));
        }
        return colors;
    }
}
