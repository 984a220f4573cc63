namespace Crease.Views;

/// <summary>Title, subtitle and axes around a plot area.</summary>
internal static class FigureFrame
{
    private const double TickLength = 5;
    private const double LabelSize = 11.5;
    // Average advance of a sans-serif letter in units of its size; only used to cut titles that cannot fit.
    private const double Advance = 0.58;

    public static void Add(List<Mark> marks, PlotArea area, (string S, string T) names, string title, string subtitle, double width)
    {
        marks.Add(new TextMark(area.Left, 30, Fit(title, width - area.Left - 20, 17), 17, PartitionDrawing.Ink) { Bold = true });
        marks.Add(new TextMark(area.Left, 50, Fit(subtitle, width - area.Left - 20, 12.5), 12.5, PartitionDrawing.Gray));
        var lines = new Polylines();
        int wanted = (int)Math.Clamp(area.Width / 90, 2, 8);
        foreach (Tick tick in Ticks.Linear(area.MinS, area.MaxS, wanted))
        {
            double x = area.X(tick.Value);
            Segment(lines, x, area.Bottom + 4, x, area.Bottom + 4 + TickLength);
            marks.Add(new TextMark(x, area.Bottom + 21, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.Middle));
        }
        wanted = (int)Math.Clamp(area.Height / 70, 2, 8);
        foreach (Tick tick in Ticks.Linear(area.MinT, area.MaxT, wanted))
        {
            double y = area.Y(tick.Value);
            Segment(lines, area.Left - 4 - TickLength, y, area.Left - 4, y);
            marks.Add(new TextMark(area.Left - 12, y + 0.36 * LabelSize, tick.Label, LabelSize, PartitionDrawing.Ink, TextAnchor.End));
        }
        Segment(lines, area.Left, area.Bottom + 4, area.Right, area.Bottom + 4);
        Segment(lines, area.Left - 4, area.Top, area.Left - 4, area.Bottom);
        marks.Add(new LinesMark("axes", lines, PartitionDrawing.Ink, 0.8, 1));
        marks.Add(new TextMark((area.Left + area.Right) / 2, area.Bottom + 42, names.S, 12.5, PartitionDrawing.Ink, TextAnchor.Middle));
        marks.Add(new TextMark(area.Left - 50, (area.Top + area.Bottom) / 2, names.T, 12.5, PartitionDrawing.Ink, TextAnchor.Middle) { Upward = true });
    }

    /// <summary>Breaks a text at blanks; a word that is wider than a line has one of its own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Width of a line in points.</param>
    /// <param name="size">Size of the letters.</param>
    public static IReadOnlyList<string> Lines(string text, double width, double size)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            bool breaks = line.Length > 0 && WidthOf(longer, size) > width;
            if (breaks)
                lines.Add(line);
            line = breaks ? word : longer;
        }
        lines.Add(line);
        return lines;
    }

    /// <summary>The size at which <see cref="Fit"/> keeps a text whole, within limits.</summary>
    public static double SizeFor(string text, double width, double size, double least) =>
        Math.Clamp(Math.Floor(10 * width / (Advance * Math.Max(1, text.Length))) / 10, least, size);

    /// <summary>Cuts a text that is too long for its place.</summary>
    public static string Fit(string text, double width, double size)
    {
        int most = Math.Max(4, (int)(width / (Advance * size)));
        if (text.Length <= most)
            return text;
        int end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    /// <summary>About how wide a text is: no font is at hand where text stays text.</summary>
    public static double WidthOf(string text, double size)
    {
        double width = 0;
        foreach (char letter in text)
        {
            width += letter switch
            {
                ' ' or 'i' or 'l' or 'j' or 'I' or '.' or ',' or ':' or ';' or '|' or '\'' => 0.32,
                't' or 'f' or 'r' or '(' or ')' or '-' or '/' => 0.4,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.95,
                >= 'A' and <= 'Z' or '+' or '=' or '−' => 0.76,
                <= '\u2FFF' => 0.63,
                _ => 1,
            };
        }
        return size * width;
    }

    private static void Segment(Polylines lines, double x0, double y0, double x1, double y1)
    {
        lines.Begin(x0, y0);
        lines.Add(x1, y1);
    }
}
