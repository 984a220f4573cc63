using Crease.Geometry;

namespace Crease.Views;

/// <summary>One thing to paint. Colors are 0xRRGGBB.</summary>
internal abstract record Mark;

/// <summary>All regions of a partition, each filled with its color and sealed against its neighbors.</summary>
internal sealed record RegionsMark(Partition Partition, PlotArea Area, Coloring Coloring) : Mark;

/// <summary>Open lines of one style.</summary>
internal sealed record LinesMark(string Id, Polylines Lines, uint Color, double Width, double Opacity) : Mark
{
    /// <summary>Lengths of a dash and of the gap behind it, or null for a solid line.</summary>
    public (double Dash, double Gap)? Dashes { get; init; }
}

/// <summary>A closed polygon: x, y, x, y, ...</summary>
internal sealed record PolygonMark(double[] Points, uint? Fill, uint? Stroke, double Width) : Mark
{
    /// <summary>Of the fill, in [0, 1].</summary>
    public double Opacity { get; init; } = 1;
}

/// <summary>A vertical color bar; the colors run from bottom to top.</summary>
internal sealed record GradientMark(double X, double Y, double Width, double Height, uint[] Colors) : Mark;

/// <summary>Pixels with hard edges, stretched over a rectangle. Indices into the colors, top row first. Shape [rows, columns].</summary>
internal sealed record RasterMark(double X, double Y, double Width, double Height, int Columns, int Rows, uint[] Colors, byte[] Indices) : Mark;

/// <summary>A marker.</summary>
internal sealed record DiscMark(double X, double Y, double Radius, uint Fill, uint Stroke, double Width) : Mark;

/// <summary>A small image; <paramref name="Colors"/> run row by row from the top left, <paramref name="Columns"/> in a row.</summary>
internal sealed record ImageMark(double X, double Y, double Width, double Height, int Columns, uint[] Colors) : Mark;

/// <summary>One line of text on its baseline.</summary>
internal sealed record TextMark(double X, double Y, string Text, double Size, uint Color, TextAnchor Anchor = TextAnchor.Start) : Mark
{
    public bool Bold { get; init; }

    /// <summary>Turned by a quarter so that it reads upward.</summary>
    public bool Upward { get; init; }

    /// <summary>Whether a white rim keeps it readable on any color.</summary>
    public bool Halo { get; init; }
}

/// <summary>Which end of a text its position gives.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
