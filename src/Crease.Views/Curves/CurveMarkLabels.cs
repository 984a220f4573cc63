namespace Crease.Views;

/// <summary>The texts of vertical marks above a panel: in lanes, so that no text covers another text or the line that leads to one.</summary>
internal sealed class CurveMarkLabels
{
    private const double LaneHeight = 14, TextSize = 11, Gap = 4;

    private readonly (double X, string Text, bool IsLeft)[] _labels;
    private readonly int[] _lanes;

    /// <summary>Arranges texts.</summary>
    /// <param name="marks">Where lines stand, in points, and their texts.</param>
    /// <param name="left">Where texts may begin.</param>
    /// <param name="right">Where texts must end.</param>
    public CurveMarkLabels(IEnumerable<(double X, string Text)> marks, double left, double right)
    {
        (double X, string Text)[] sorted = [.. marks.Where(mark => mark.Text.Length > 0).OrderBy(mark => mark.X)];
        _labels = new (double, string, bool)[sorted.Length];
        _lanes = new int[sorted.Length];
        int turned = Array.FindIndex(sorted, mark => mark.X + Gap + FigureFrame.WidthOf(mark.Text, TextSize) > right && mark.X - left > right - mark.X);
        turned = turned < 0 ? sorted.Length : turned;
        double flipped = double.PositiveInfinity;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            (double x, string text) = sorted[i];
            // Left of its line stands a text that would leave the figure, with all behind it, and one whose line would cross such a text.
            bool isLeft = i >= turned || x > flipped;
            _labels[i] = (x, Cut(text, (isLeft ? x - left : right - x) - Gap), isLeft);
            if (isLeft)
                (flipped, turned) = (Math.Min(flipped, Extent(i).Low), Math.Min(turned, i));
        }
        // A line leads up to its text past the lanes below: so texts to the left of their lines rise to the right, and the others to the left.
        for (int i = turned; i < _labels.Length; i++)
            _lanes[i] = Above(i, turned, i);
        for (int i = turned - 1; i >= 0; i--)
            _lanes[i] = Above(i, i + 1, _labels.Length);
    }

    /// <summary>Height of all lanes.</summary>
    public double Height => _lanes.Length == 0 ? 0 : (_lanes.Max() + 1) * LaneHeight + 2;

    /// <summary>Adds the texts and the lines that lead to them, above <paramref name="bottom"/>.</summary>
    public void Add(List<Mark> marks, double bottom)
    {
        var lines = new Polylines();
        for (int i = 0; i < _labels.Length; i++)
        {
            (double x, string text, bool isLeft) = _labels[i];
            double top = bottom - (_lanes[i] + 1) * LaneHeight;
            lines.Begin(x, bottom);
            lines.Add(x, top + 1);
            if (text.Length > 0)
                marks.Add(new TextMark(isLeft ? x - Gap : x + Gap, top + 10, text, TextSize, PartitionDrawing.Gray, isLeft ? TextAnchor.End : TextAnchor.Start));
        }
        marks.Add(new LinesMark("mark-leaders", lines, PartitionDrawing.Gray, 0.9, 1));
    }

    private static string Cut(string text, double room)
    {
        int kept = text.Length;
        while (kept > 0 && FigureFrame.WidthOf(text[..kept], TextSize) > (kept < text.Length ? room - TextSize : room))
            kept -= kept > 1 && char.IsSurrogatePair(text, kept - 2) ? 2 : 1;
        return kept == text.Length ? text : kept > 0 ? text[..kept] + "…" : "";
    }

    private int Above(int label, int first, int end)
    {
        (double low, double high) = Extent(label);
        int lane = 0;
        for (int j = first; j < end; j++)
        {
            (double otherLow, double otherHigh) = Extent(j);
            if (otherLow <= high && otherHigh >= low)
                lane = Math.Max(lane, _lanes[j] + 1);
        }
        return lane;
    }

    // Of the text and its line.
    private (double Low, double High) Extent(int label)
    {
        (double x, string text, bool isLeft) = _labels[label];
        double width = Gap + FigureFrame.WidthOf(text, TextSize) + Gap;
        return isLeft ? (x - width, x) : (x, x + width);
    }
}
