using System.Globalization;
using Crease.Geometry;
using Crease.Networks.Layers;

namespace Crease.Views;

/// <summary>Lays a cut segment out as a figure: a band of classes, a row of breakpoints per layer, and below them the outputs.</summary>
internal static class SegmentDrawing
{
    private const double LegendWidth = 200;
    private const double LeftMargin = 92;
    private const double TopMargin = 70;
    private const double BottomMargin = 56;
    private const double BandHeight = 12;
    private const double Gap = 10;
    private const double LabelSize = 11;
    private const double OutputWidth = 1.6;

    public static Figure Of(SegmentPartition segment, SegmentFigureOptions options)
    {
        double width = Math.Max(100, options.Width - LeftMargin - LegendWidth), row = RowHeight(segment), top = TopMargin;
        double low = segment.Ends[0], high = Math.Max(segment.Ends[^1], Math.BitIncrement(low)), scale = width / (high - low);
        int[] outputs = Drawn(segment, options.MostOutputs);
        (double least, double most) = Range(segment, outputs);
        double room = most > least ? 0.06 * (most - least) : Math.Max(1, Math.Abs(most));
        (least, most) = (least - room, most + room);
        double band = top, rows = band + (segment.Boundary is null ? 0 : BandHeight + Gap), plot = rows + segment.Layers.Length * row + Gap;
        double height = Math.Clamp(0.55 * width, 160, 420);
        var area = new PlotArea(LeftMargin, plot, scale, low, high, least, most) { ScaleT = height / (most - least) };
        var marks = new List<Mark>();
        AddClasses(marks, segment, area, band);
        AddBreakpoints(marks, segment, area, rows, row);
        AddBoundary(marks, segment, area, band);
        foreach (int output in outputs.Reverse())
            marks.Add(new LinesMark($"output-{output}", Curve(segment, output, area), Color(segment, output), OutputWidth, 1));
        AddNames(marks, segment, outputs, area);
        string title = options.Title ?? segment.Network.Name, subtitle = Subtitle(segment);
        FigureFrame.Add(marks, area, ("position along the segment (input units)", segment.Outputs == 1 ? "output" : "outputs"), title, subtitle, options.Width);
        double lowest = AddLegend(marks, segment, outputs, options, area.Right + 34, band + 8);
        return new Figure(options.Width, Math.Max(area.Bottom + BottomMargin, lowest + 20), title, subtitle, marks);
    }

    public static string Subtitle(SegmentPartition segment)
    {
        string text = $"{PartitionDrawing.Count(segment.RegionCount)} region{(segment.RegionCount == 1 ? "" : "s")} on a length of {Ticks.Significant(segment.Ends[^1] - segment.Ends[0])}";
        if (segment.Boundary is SegmentBoundary boundary)
            text += $", {PartitionDrawing.Count(boundary.Count)} change{(boundary.Count == 1 ? "" : "s")} of class";
        return segment.Status == Numerics.Status.Complete ? text : text + " (incomplete)";
    }

    private static double RowHeight(SegmentPartition segment) => Math.Clamp(170.0 / Math.Max(1, segment.Layers.Length), 4, 14);

    // Those that win somewhere, then those that come nearest to the winner at an end of a region.
    private static int[] Drawn(SegmentPartition segment, int most)
    {
        int outputs = segment.Outputs;
        var gap = new double[outputs];
        Array.Fill(gap, double.PositiveInfinity);
        for (int e = 0; e < segment.Ends.Length && outputs > most; e++)
        {
            double top = double.NegativeInfinity;
            for (int o = 0; o < outputs; o++)
                top = Math.Max(top, At(segment, e, o));
            for (int o = 0; o < outputs; o++)
                gap[o] = Math.Min(gap[o], top - At(segment, e, o));
        }
        return [.. Enumerable.Range(0, outputs).OrderBy(o => gap[o]).Take(most).Order()];
    }

    private static (double Least, double Most) Range(SegmentPartition segment, int[] outputs)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int e = 0; e < segment.Ends.Length; e++)
        {
            foreach (int output in outputs)
                (least, most) = (Math.Min(least, At(segment, e, output)), Math.Max(most, At(segment, e, output)));
        }
        return (least, most);
    }

    private static double At(SegmentPartition segment, int end, int output)
    {
        int entry = Math.Min(end, segment.RegionCount - 1) * segment.Outputs + output;
        return segment.Slopes[entry] * segment.Ends[end] + segment.Offsets[entry];
    }

    private static Polylines Curve(SegmentPartition segment, int output, PlotArea area)
    {
        var line = new Polylines();
        line.Begin(area.X(segment.Ends[0]), area.Y(At(segment, 0, output)));
        for (int e = 1; e < segment.Ends.Length; e++)
            line.Add(area.X(segment.Ends[e]), area.Y(At(segment, e, output)));
        return line;
    }

    // Numbers at the right ends, so that no reader depends on colors; where they would overlap, the upper one is kept.
    private static void AddNames(List<Mark> marks, SegmentPartition segment, int[] outputs, PlotArea area)
    {
        double last = double.NegativeInfinity;
        foreach (int output in outputs.OrderByDescending(output => At(segment, segment.RegionCount, output)))
        {
            double y = area.Y(At(segment, segment.RegionCount, output));
            if (segment.Outputs == 1 || y - last < 0.95 * LabelSize)
                continue;
            marks.Add(new TextMark(area.Right + 5, y + 0.36 * LabelSize, output.ToString(CultureInfo.InvariantCulture), LabelSize, PartitionDrawing.Ink));
            last = y;
        }
    }

    private static void AddClasses(List<Mark> marks, SegmentPartition segment, PlotArea area, double top)
    {
        if (segment.Boundary is not SegmentBoundary boundary)
            return;
        Label(marks, "class", area, top + BandHeight / 2);
        double left = area.Left;
        for (int c = 0; c <= boundary.Count; c++)
        {
            double right = c < boundary.Count ? area.X(boundary.Positions[c]) : area.Right;
            int winner = boundary.Count == 0 ? segment.Classes[0] : c == 0 ? boundary.Classes[0] : boundary.Classes[2 * c - 1];
            marks.Add(new PolygonMark([left, top, right, top, right, top + BandHeight, left, top + BandHeight], Palettes.Class(winner), null, 0));
            if (right - left > 16)
                marks.Add(new TextMark((left + right) / 2, top + BandHeight - 2.5, winner.ToString(CultureInfo.InvariantCulture), 10, 0x000000, TextAnchor.Middle));
            left = right;
        }
    }

    private static void AddBreakpoints(List<Mark> marks, SegmentPartition segment, PlotArea area, double top, double row)
    {
        var lines = new Polylines[segment.Layers.Length];
        var counts = new int[lines.Length];
        for (int l = 0; l < lines.Length; l++)
            lines[l] = new Polylines();
        for (int b = 0; b < segment.BreakpointCount; b++)
        {
            int last = -1;
            foreach (int crease in segment.CreasesOf(b))
            {
                int layer = segment.CreaseAt(crease).Layer;
                if (layer == last)
                    continue;
                double x = area.X(segment.Breakpoints[b]), y = top + layer * row;
                lines[layer].Begin(x, y + 1);
                lines[layer].Add(x, y + row - 1.5);
                (last, counts[layer]) = (layer, counts[layer] + 1);
            }
        }
        int every = (int)Math.Ceiling(LabelSize / row);
        for (int l = 0; l < lines.Length; l++)
        {
            marks.Add(new LinesMark($"breakpoints-{l + 1}", lines[l], Palettes.Ink(l), Math.Clamp(0.3 * area.Width / Math.Max(1, counts[l]), 0.35, 1.3), 0.95));
            if (l % every == 0)
                Label(marks, string.Create(CultureInfo.InvariantCulture, $"layer {l + 1}"), area, top + (l + 0.5) * row);
        }
    }

    private static void AddBoundary(List<Mark> marks, SegmentPartition segment, PlotArea area, double top)
    {
        var lines = new Polylines();
        for (int c = 0; c < (segment.Boundary?.Count ?? 0); c++)
        {
            double x = area.X(segment.Boundary!.Positions[c]);
            lines.Begin(x, top + BandHeight);
            lines.Add(x, area.Bottom);
        }
        marks.Add(new LinesMark("boundary-halo", lines, 0xFFFFFF, 3, 1));
        marks.Add(new LinesMark("boundary", lines, 0x000000, 1, 1));
    }

    private static double AddLegend(List<Mark> marks, SegmentPartition segment, int[] outputs, SegmentFigureOptions options, double left, double y)
    {
        Heading(segment.Outputs == 1 ? "output" : "outputs");
        foreach (int output in outputs)
            Sample(segment.Outputs == 1 ? "output 0" : Coloring.ClassName(output, options.ClassNames), Color(segment, output), OutputWidth + 0.6);
        if (segment.Outputs > outputs.Length)
            Note($"and {segment.Outputs - outputs.Length} more, not drawn");
        if (segment.Boundary is { Count: > 0 })
            Sample("change of class", 0x000000, 1.2);
        if (segment.Layers.Length > 0)
        {
            y += 30;
            Heading("breakpoints");
            for (int l = 0; l < Math.Min(segment.Layers.Length, 10); l++)
                Sample(string.Create(CultureInfo.InvariantCulture, $"layer {l + 1} ({((PiecewiseLayer)segment.Layers[l].Layer).Units} units)"), Palettes.Ink(l), 2.2);
            if (segment.Layers.Length > 10)
                Note($"and {segment.Layers.Length - 10} layers more");
        }
        return y;

        void Heading(string text)
        {
            marks.Add(new TextMark(left, y, text, 12.5, PartitionDrawing.Ink) { Bold = true });
            y += 2;
        }

        void Note(string text)
        {
            y += 17;
            marks.Add(new TextMark(left, y, text, 10.5, PartitionDrawing.Gray));
        }

        void Sample(string name, uint color, double width)
        {
            y += 17;
            var line = new Polylines();
            line.Begin(left, y - 4);
            line.Add(left + 20, y - 4);
            marks.Add(new LinesMark("legend", line, color, width, 1));
            marks.Add(new TextMark(left + 27, y, FigureFrame.Fit(name, LegendWidth - 60, LabelSize), LabelSize, PartitionDrawing.Ink));
        }
    }

    private static void Label(List<Mark> marks, string text, PlotArea area, double middle) =>
        marks.Add(new TextMark(area.Left - 12, middle + 0.36 * LabelSize, text, LabelSize, PartitionDrawing.Ink, TextAnchor.End));

    // A single output is drawn in the color of class 1, which it stands for.
    private static uint Color(SegmentPartition segment, int output) => Palettes.Class(segment.Outputs == 1 ? 1 : output);
}
