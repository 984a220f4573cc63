namespace Crease.Views;

/// <summary>Sentences below a picture that belong to it wherever it goes, broken into lines of its width.</summary>
internal static class FigureNote
{
    private const double Edge = 24, Size = 11.5, LineHeight = 15.5, Below = 10;

    /// <summary>Adds the sentences below everything else; the figure grows by their lines.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="note">The sentences; null or empty for none.</param>
    public static Figure Added(Figure figure, string? note)
    {
        if (string.IsNullOrWhiteSpace(note))
            return figure;
        var marks = new List<Mark>(figure.Marks);
        double y = figure.Height + Size - 2;
        foreach (string line in Lines(note, figure.Width - 2 * Edge))
        {
            marks.Add(new TextMark(Edge, y, line, Size, PartitionDrawing.Ink));
            y += LineHeight;
        }
        return figure with { Height = y - Size + Below, Description = $"{figure.Description}. {note}", Marks = marks };
    }

    /// <summary>Breaks a text at blanks; a word that is wider than a line is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Width of a line in points.</param>
    public static IReadOnlyList<string> Lines(string text, double width) =>
        [.. FigureFrame.Lines(text, width, Size).Select(line => FigureFrame.WidthOf(line, Size) > width ? FigureFrame.Fit(line, width, Size) : line)];
}
