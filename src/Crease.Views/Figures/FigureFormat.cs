namespace Crease.Views;

/// <summary>The kinds of file that a figure can be written as.</summary>
public enum FigureFormat
{
    /// <summary>Scalable vector graphics; text stays text.</summary>
    Svg,

    /// <summary>A raster image.</summary>
    Png,

    /// <summary>One vector page with its fonts embedded.</summary>
    Pdf,

    /// <summary>One self-contained interactive page that asks nothing of the network.</summary>
    Html,
}
