namespace Crease.Views;

/// <summary>One picture of a movie with the words below it. It is painted when the movie comes to it.</summary>
public sealed class MovieFrame
{
    private MovieFrame(string caption, double? seconds, Func<Figure> draw) => (Caption, Seconds, Draw) = (caption, seconds, draw);

    /// <summary>What the picture shows, for example <c>step 1,930</c>; may be empty.</summary>
    public string Caption { get; }

    /// <summary>How long it stays, in seconds, or null for what the movie says. In [0.02, 60].</summary>
    public double? Seconds { get; }

    internal Func<Figure> Draw { get; }

    /// <summary>A frame that shows a partition.</summary>
    /// <param name="figure">With the same slice and options in every frame, so that axes stay; a <see cref="PartitionFigureOptions.ColorRange"/> lets colors be compared.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="seconds">How long it stays, in [0.02, 60]; null for what the movie says.</param>
    public static MovieFrame Of(PartitionFigure figure, string caption, double? seconds = null) => new(caption, seconds, figure.Drawing);

    /// <summary>A frame that shows curves.</summary>
    /// <param name="figure">With fixed ranges in every frame, so that axes stay.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="seconds">How long it stays, in [0.02, 60]; null for what the movie says.</param>
    public static MovieFrame Of(CurvesFigure figure, string caption, double? seconds = null) => new(caption, seconds, figure.Drawing);

    /// <summary>A frame that shows a map of local complexity.</summary>
    /// <param name="figure">Of the same slice in every frame.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="seconds">How long it stays, in [0.02, 60]; null for what the movie says.</param>
    public static MovieFrame Of(ComplexityMapFigure figure, string caption, double? seconds = null) => new(caption, seconds, figure.Drawing);

    /// <summary>A frame that shows a cut segment.</summary>
    /// <param name="figure">Of the same segment in every frame.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="seconds">How long it stays, in [0.02, 60]; null for what the movie says.</param>
    public static MovieFrame Of(SegmentFigure figure, string caption, double? seconds = null) => new(caption, seconds, figure.Drawing);
}
