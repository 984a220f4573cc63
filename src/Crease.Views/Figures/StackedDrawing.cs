namespace Crease.Views;

/// <summary>Figures below each other as one.</summary>
internal static class StackedDrawing
{
    /// <summary>Stacks figures; the first gives title and description.</summary>
    public static Figure Of(IReadOnlyList<Figure> figures)
    {
        var marks = new List<Mark>();
        double y = 0;
        foreach (Figure figure in figures)
        {
            // Below the first figure the place among all marks tells apart names that figures share.
            foreach (Mark mark in figure.Marks)
                marks.Add(Lowered(mark, y, figure == figures[0] ? "" : FormattableString.Invariant($"-{marks.Count}")));
            y += figure.Height;
        }
        return new Figure(figures.Max(figure => figure.Width), y, figures[0].Title, figures[0].Description, marks);
    }

    private static Mark Lowered(Mark mark, double by, string suffix) => mark switch
    {
        LinesMark lines => lines with { Id = lines.Id + suffix, Lines = Lowered(lines.Lines, by) },
        PolygonMark polygon => polygon with { Points = [.. polygon.Points.Select((value, i) => i % 2 == 1 ? value + by : value)] },
        GradientMark gradient => gradient with { Y = gradient.Y + by },
        RasterMark raster => raster with { Y = raster.Y + by },
        DiscMark disc => disc with { Y = disc.Y + by },
        ImageMark image => image with { Y = image.Y + by },
        TextMark text => text with { Y = text.Y + by },
        _ => throw new NotSupportedException($"{mark.GetType().Name} cannot be moved."),
    };

    private static Polylines Lowered(Polylines lines, double by)
    {
        var lowered = new Polylines();
        for (int line = 0; line < lines.Count; line++)
        {
            ReadOnlySpan<double> points = lines.Line(line);
            lowered.Begin(points[0], points[1] + by);
            for (int i = 2; i < points.Length; i += 2)
                lowered.Add(points[i], points[i + 1] + by);
        }
        return lowered;
    }
}
