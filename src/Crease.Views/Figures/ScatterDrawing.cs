using Crease.Models;

namespace Crease.Views;

/// <summary>Draws rows of one to three numbers as points: colored by class, or by target where the target is no axis.</summary>
internal static class ScatterDrawing
{
    private const double LegendWidth = 150, LeftMargin = 84, TopMargin = 66, BottomMargin = 60, TextSize = 11.5;
    private const int MostEntries = 14;

    public static Figure Of(DataSet data, DataFigureOptions options)
    {
        int features = data.Size;
        bool isCurve = features == 1 && data.Targets is not null, hasLegend = data.Labels is not null || data.Targets is not null && !isCurve;
        (double S, double T)[] points = [.. Enumerable.Range(0, data.Count).Select(row => Point(data, row))];
        double width = options.Width - LeftMargin - (hasLegend ? LegendWidth : 30);
        PlotArea area = Area(points, width, isEqual: features > 1);
        var marks = new List<Mark>();
        double[] shades = [.. Enumerable.Range(0, points.Length).Select(row => data.Targets is null || isCurve ? 0 : data.Targets[row][0])];
        (double low, double high) = (shades.Min(), shades.Max());
        int step = (points.Length - 1) / options.MostPoints + 1, drawn = 0;
        for (int row = 0; row < points.Length; row += step, drawn++)
        {
            uint fill = data.Labels is int[] labels ? Palettes.Class(Math.Abs(labels[row] % 24)) : high > low ? Palettes.Sequential((shades[row] - low) / (high - low)) : Palettes.Class(0);
            marks.Add(new DiscMark(area.X(points[row].S), area.Y(points[row].T), isCurve ? 2.4 : 3.4, fill, PartitionDrawing.Ink, 0.6));
        }
        string title = options.Title ?? data.Name, subtitle = $"{PartitionDrawing.Count(points.Length)} rows of {features} number{(features == 1 ? "" : "s")}{(drawn < points.Length ? $"; {PartitionDrawing.Count(drawn)} are drawn" : "")}";
        (string, string) names = features == 1 ? ("x1", isCurve ? "target" : data.Labels is null ? "" : "class") : ("x1", $"x{features}");
        FigureFrame.Add(marks, area, names, title, subtitle, options.Width);
        double lowest = data.Labels is not null ? Classes(marks, data, area.Right + 26, area.Top) : hasLegend ? Bar(marks, low, high, area.Right + 26, area.Top) : 0;
        return new Figure(options.Width, Math.Max(area.Bottom + BottomMargin, lowest + 16), title, subtitle, marks);
    }

    private static (double, double) Point(DataSet data, int row)
    {
        double[] input = data.Row(row);
        return input.Length > 1 ? (input[0], input[^1]) : (input[0], data.Targets?[row][0] ?? data.Labels?[row] ?? 0);
    }

    private static PlotArea Area((double S, double T)[] points, double width, bool isEqual)
    {
        (double minS, double maxS) = Wider(points.Min(point => point.S), points.Max(point => point.S));
        (double minT, double maxT) = Wider(points.Min(point => point.T), points.Max(point => point.T));
        if (!isEqual)
            return new PlotArea(LeftMargin, TopMargin, width / (maxS - minS), minS, maxS, minT, maxT) { ScaleT = 0.55 * width / (maxT - minT) };
        // The same scale on both axes, unless that leaves a sliver.
        double ratio = (maxT - minT) / (maxS - minS), scale = width / (maxS - minS);
        return ratio is >= 0.2 and <= 1.2
            ? new PlotArea(LeftMargin, TopMargin, scale, minS, maxS, minT, maxT)
            : new PlotArea(LeftMargin, TopMargin, scale, minS, maxS, minT, maxT) { ScaleT = 0.8 * width / (maxT - minT) };
    }

    private static (double, double) Wider(double low, double high)
    {
        double room = high > low ? 0.05 * (high - low) : Math.Max(1, Math.Abs(low));
        return (low - room, high + room);
    }

    private static double Classes(List<Mark> marks, DataSet data, double left, double top)
    {
        int[] labels = [.. data.Labels!.Distinct().Order()];
        marks.Add(new TextMark(left, top + 10, "class", 12.5, PartitionDrawing.Ink) { Bold = true });
        double y = top + 30;
        foreach (int label in labels.Take(MostEntries))
        {
            marks.Add(new DiscMark(left + 6, y - 4, 4.5, Palettes.Class(Math.Abs(label % 24)), PartitionDrawing.Ink, 0.6));
            marks.Add(new TextMark(left + 18, y, FigureFrame.Fit(data.ClassName(label), 96, TextSize), TextSize, PartitionDrawing.Ink));
            y += 19;
        }
        if (labels.Length > MostEntries)
            marks.Add(new TextMark(left + 18, y, $"and {labels.Length - MostEntries} more", TextSize, PartitionDrawing.Gray));
        return y;
    }

    private static double Bar(List<Mark> marks, double low, double high, double left, double top)
    {
        const double height = 200;
        marks.Add(new TextMark(left, top + 10, "target", 12.5, PartitionDrawing.Ink) { Bold = true });
        var colors = new uint[17];
        for (int i = 0; i < colors.Length; i++)
            colors[i] = Palettes.Sequential(i / 16.0);
        marks.Add(new GradientMark(left, top + 22, 15, height, colors));
        foreach (Tick tick in high > low ? Ticks.Linear(low, high, 5) : [])
            marks.Add(new TextMark(left + 22, top + 22 + height * (1 - (tick.Value - low) / (high - low)) + 0.36 * TextSize, tick.Label, TextSize, PartitionDrawing.Ink));
        return top + 22 + height;
    }
}
