using System.Text;

namespace Crease.Views;

/// <summary>Streams a figure as an SVG document.</summary>
/// <remarks>Cost: time linear in the number of half-edges; memory one integer per region to sort them by color.</remarks>
internal static class SvgWriter
{
    public static void Write(Figure figure, Stream stream)
    {
        using var sink = new Utf8Sink(stream);
        sink.Raw("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "u8);
        sink.Number(figure.Width);
        sink.Byte((byte)' ');
        sink.Number(figure.Height);
        sink.Raw("\""u8);
        Attribute(sink, " width=\""u8, figure.Width);
        Attribute(sink, " height=\""u8, figure.Height);
        sink.Raw(" role=\"img\" font-family=\"'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n<title>"u8);
        sink.Escaped(figure.Title);
        sink.Raw("</title>\n<desc>"u8);
        sink.Escaped(figure.Description);
        sink.Raw("</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"u8);
        Marks(sink, figure.Marks);
        sink.Raw("</svg>\n"u8);
    }

    /// <summary>Marks alone, each on a line.</summary>
    public static void Marks(Utf8Sink sink, IReadOnlyList<Mark> marks)
    {
        foreach (Mark mark in marks)
        {
            switch (mark)
            {
                case RegionsMark regions:
                    SvgRegions.Write(sink, regions);
                    break;
                case LinesMark lines:
                    Lines(sink, lines);
                    break;
                case PolygonMark polygon:
                    Polygon(sink, polygon);
                    break;
                case GradientMark gradient:
                    Gradient(sink, gradient);
                    break;
                case RasterMark raster:
                    Raster(sink, raster);
                    break;
                case DiscMark disc:
                    Disc(sink, disc);
                    break;
                case ImageMark image:
                    Image(sink, image);
                    break;
                case TextMark text:
                    Text(sink, text);
                    break;
            }
        }
    }

    private static void Lines(Utf8Sink sink, LinesMark mark)
    {
        if (mark.Lines.Count == 0)
            return;
        sink.Raw("<path class=\""u8);
        sink.Escaped(mark.Id);
        sink.Raw("\" transform=\"scale(.01)\" fill=\"none\" stroke=\""u8);
        sink.Color(mark.Color);
        Attribute(sink, "\" stroke-width=\""u8, mark.Width * SvgPathData.Steps);
        if (mark.Opacity < 1)
            Attribute(sink, " stroke-opacity=\""u8, mark.Opacity);
        if (mark.Dashes is var (dash, gap))
            Attribute(sink, " stroke-dasharray=\""u8, dash * SvgPathData.Steps, gap * SvgPathData.Steps);
        sink.Raw(mark.Opacity < 1 || mark.Dashes is not null ? " stroke-linejoin=\"round\" d=\""u8 : " stroke-linejoin=\"round\" stroke-linecap=\"round\" d=\""u8);
        var path = new SvgPathData(sink);
        for (int i = 0; i < mark.Lines.Count; i++)
        {
            ReadOnlySpan<double> line = mark.Lines.Line(i);
            path.Move(SvgPathData.Grid(line[0]), SvgPathData.Grid(line[1]));
            for (int k = 2; k < line.Length; k += 2)
                path.Line(SvgPathData.Grid(line[k]), SvgPathData.Grid(line[k + 1]));
        }
        sink.Raw("\"/>\n"u8);
    }

    private static void Polygon(Utf8Sink sink, PolygonMark mark)
    {
        sink.Raw("<polygon points=\""u8);
        for (int i = 0; i < mark.Points.Length; i++)
        {
            if (i > 0)
                sink.Byte((byte)' ');
            sink.Number(mark.Points[i]);
        }
        sink.Raw("\" fill=\""u8);
        if (mark.Fill is uint fill)
            sink.Color(fill);
        else
            sink.Raw("none"u8);
        sink.Byte((byte)'"');
        if (mark.Opacity < 1)
            Attribute(sink, " fill-opacity=\""u8, mark.Opacity);
        if (mark.Stroke is uint stroke)
        {
            sink.Raw(" stroke=\""u8);
            sink.Color(stroke);
            Attribute(sink, "\" stroke-width=\""u8, mark.Width);
        }
        sink.Raw("/>\n"u8);
    }

    private static void Gradient(Utf8Sink sink, GradientMark mark)
    {
        sink.Raw("<linearGradient id=\"bar\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">"u8);
        for (int i = 0; i < mark.Colors.Length; i++)
        {
            Attribute(sink, "<stop offset=\""u8, (double)i / (mark.Colors.Length - 1));
            sink.Raw(" stop-color=\""u8);
            sink.Color(mark.Colors[i]);
            sink.Raw("\"/>"u8);
        }
        sink.Raw("</linearGradient>\n<rect"u8);
        Box(sink, mark.X, mark.Y, mark.Width, mark.Height);
        sink.Raw(" fill=\"url(#bar)\"/>\n"u8);
    }

    private static void Raster(Utf8Sink sink, RasterMark mark)
    {
        sink.Raw("<image class=\"map\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\""u8);
        Box(sink, mark.X, mark.Y, mark.Width, mark.Height);
        Embed(sink, IndexedPng.Encode(mark));
    }

    private static void Disc(Utf8Sink sink, DiscMark mark)
    {
        sink.Raw("<circle"u8);
        Attribute(sink, " cx=\""u8, mark.X);
        Attribute(sink, " cy=\""u8, mark.Y);
        Attribute(sink, " r=\""u8, mark.Radius);
        sink.Raw(" fill=\""u8);
        sink.Color(mark.Fill);
        sink.Raw("\" stroke=\""u8);
        sink.Color(mark.Stroke);
        Attribute(sink, "\" stroke-width=\""u8, mark.Width);
        sink.Raw("/>\n"u8);
    }

    private static void Image(Utf8Sink sink, ImageMark mark)
    {
        sink.Raw("<image"u8);
        Box(sink, mark.X, mark.Y, mark.Width, mark.Height);
        sink.Raw(" style=\"image-rendering:pixelated\""u8);
        Embed(sink, ImagePixels.Png(mark));
    }

    private static void Text(Utf8Sink sink, TextMark mark)
    {
        sink.Raw("<text"u8);
        Attribute(sink, " x=\""u8, mark.X);
        Attribute(sink, " y=\""u8, mark.Y);
        Attribute(sink, " font-size=\""u8, mark.Size);
        sink.Raw(" fill=\""u8);
        sink.Color(mark.Color);
        sink.Byte((byte)'"');
        if (mark.Bold)
            sink.Raw(" font-weight=\"bold\""u8);
        if (mark.Anchor != TextAnchor.Start)
            sink.Raw(mark.Anchor == TextAnchor.Middle ? " text-anchor=\"middle\""u8 : " text-anchor=\"end\""u8);
        if (mark.Halo)
            sink.Raw(" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""u8);
        if (mark.Upward)
        {
            sink.Raw(" transform=\"rotate(-90 "u8);
            sink.Number(mark.X);
            sink.Byte((byte)' ');
            sink.Number(mark.Y);
            sink.Raw(")\""u8);
        }
        sink.Byte((byte)'>');
        sink.Escaped(mark.Text);
        sink.Raw("</text>\n"u8);
    }

    private static void Box(Utf8Sink sink, double x, double y, double width, double height)
    {
        Attribute(sink, " x=\""u8, x);
        Attribute(sink, " y=\""u8, y);
        Attribute(sink, " width=\""u8, width);
        Attribute(sink, " height=\""u8, height);
    }

    private static void Embed(Utf8Sink sink, byte[] png)
    {
        sink.Raw(" href=\"data:image/png;base64,"u8);
        sink.Raw(Encoding.ASCII.GetBytes(Convert.ToBase64String(png)));
        sink.Raw("\"/>\n"u8);
    }

    private static void Attribute(Utf8Sink sink, ReadOnlySpan<byte> opening, double value)
    {
        sink.Raw(opening);
        sink.Number(value);
        sink.Byte((byte)'"');
    }

    private static void Attribute(Utf8Sink sink, ReadOnlySpan<byte> opening, double first, double second)
    {
        sink.Raw(opening);
        sink.Number(first);
        sink.Byte((byte)' ');
        sink.Number(second);
        sink.Byte((byte)'"');
    }
}
