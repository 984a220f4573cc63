namespace Crease.Views;

/// <summary>Names of curves in rows above what they explain.</summary>
internal sealed class CurveLegend
{
    private const double RowHeight = 18, TextSize = 11.5, Sample = 24, SampleGap = 6, EntryGap = 18, LongestName = 320;
    private const int MostEntries = 40;

    private readonly (string Name, CurveLook Look)[] _entries;

    private CurveLegend((string Name, CurveLook Look)[] entries) => _entries = entries;

    public bool IsEmpty => _entries.Length == 0;

    /// <summary>Each name with its look once, in order of appearance.</summary>
    public static CurveLegend Of(IEnumerable<CurvePanel> panels) =>
        new([.. panels.SelectMany(panel => panel.Curves).Where(curve => curve.Name.Length > 0).Select(curve => (curve.Name, CurveLook.Of(curve))).Distinct()]);

    /// <summary>One legend for all panels where that says all: in a grid when a name and role always look the same, else when all panels have the same entries.</summary>
    /// <returns>Null where every panel needs its own.</returns>
    public static CurveLegend? Shared(IReadOnlyList<CurvePanel> panels, bool isGrid)
    {
        CurveLegend all = Of(panels);
        if (isGrid)
            return all._entries.Select(entry => (entry.Name, entry.Look.Role)).Distinct().Count() == all._entries.Length ? all : null;
        CurveLegend first = Of(panels.Take(1));
        return panels.All(panel => Of([panel])._entries.SequenceEqual(first._entries)) ? first : null;
    }

    /// <summary>Height of the legend in points when it is at most so wide.</summary>
    public double Height(double width, string? label) => IsEmpty ? 0 : Add([], 0, 0, width, label);

    /// <summary>Adds the legend.</summary>
    /// <returns>Its height.</returns>
    public double Add(List<Mark> marks, double left, double top, double width, string? label)
    {
        double x = left, y = top + 12;
        if (!string.IsNullOrEmpty(label))
        {
            string text = FigureFrame.Fit(label, width, TextSize);
            marks.Add(new TextMark(x, y, text, TextSize, PartitionDrawing.Gray));
            x += FigureFrame.WidthOf(text, TextSize) + EntryGap / 2;
        }
        foreach ((string name, CurveLook look) in _entries.Take(MostEntries))
        {
            string text = FigureFrame.Fit(name, Math.Min(LongestName, width - Sample - SampleGap), TextSize);
            double entry = Sample + SampleGap + FigureFrame.WidthOf(text, TextSize);
            Wrap(entry);
            var line = new Polylines();
            line.Begin(x, y - 4);
            line.Add(x + Sample, y - 4);
            marks.Add(look.Line("legend", line));
            marks.Add(new TextMark(x + Sample + SampleGap, y, text, TextSize, PartitionDrawing.Ink));
            x += entry + EntryGap;
        }
        if (_entries.Length > MostEntries)
        {
            string more = $"and {_entries.Length - MostEntries} more";
            Wrap(FigureFrame.WidthOf(more, TextSize));
            marks.Add(new TextMark(x, y, more, TextSize, PartitionDrawing.Gray));
        }
        return y + 8 - top;

        void Wrap(double entry)
        {
            if (x > left && x + entry > left + width)
                (x, y) = (left, y + RowHeight);
        }
    }
}
