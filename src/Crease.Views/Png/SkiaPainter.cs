using System.Text;
using SkiaSharp;

namespace Crease.Views;

/// <summary>Paints a figure on a Skia canvas, in points.</summary>
internal static class SkiaPainter
{
    // Stroking one path with a hundred thousand parts sorts all their edges at once; a few hundred at a time is faster.
    private const int LinesPerPath = 256;

    public static void Paint(Figure figure, SKCanvas canvas, bool raster)
    {
        canvas.Clear(SKColors.White);
        using var paint = new SKPaint { IsAntialias = true };
        foreach (Mark mark in figure.Marks)
        {
            switch (mark)
            {
                case RegionsMark regions:
                    SkiaRegions.Paint(regions, canvas, raster);
                    break;
                case LinesMark lines:
                    Lines(canvas, paint, lines);
                    break;
                case PolygonMark polygon:
                    Polygon(canvas, paint, polygon);
                    break;
                case GradientMark gradient:
                    Gradient(canvas, gradient);
                    break;
                case RasterMark pixels:
                    Raster(canvas, pixels);
                    break;
                case DiscMark disc:
                    Fill(paint, disc.Fill);
                    canvas.DrawCircle((float)disc.X, (float)disc.Y, (float)disc.Radius, paint);
                    Stroke(paint, disc.Stroke, disc.Width);
                    canvas.DrawCircle((float)disc.X, (float)disc.Y, (float)disc.Radius, paint);
                    break;
                case ImageMark image:
                    ImagePixels.Paint(canvas, image);
                    break;
                case TextMark text:
                    Text(canvas, paint, text);
                    break;
            }
        }
    }

    private static void Lines(SKCanvas canvas, SKPaint paint, LinesMark mark)
    {
        Stroke(paint, mark.Color, mark.Width);
        paint.Color = paint.Color.WithAlpha((byte)Math.Round(255 * mark.Opacity));
        // Round ends would show as dots where translucent lines meet.
        paint.StrokeCap = mark.Opacity < 1 || mark.Dashes is not null ? SKStrokeCap.Butt : SKStrokeCap.Round;
        using SKPathEffect? dashes = mark.Dashes is var (dash, gap) ? SKPathEffect.CreateDash([(float)dash, (float)gap], 0) : null;
        paint.PathEffect = dashes;
        using var path = new SKPath();
        for (int i = 0; i < mark.Lines.Count; i++)
        {
            ReadOnlySpan<double> line = mark.Lines.Line(i);
            path.MoveTo((float)line[0], (float)line[1]);
            for (int k = 2; k < line.Length; k += 2)
                path.LineTo((float)line[k], (float)line[k + 1]);
            if (i % LinesPerPath != LinesPerPath - 1 && i != mark.Lines.Count - 1)
                continue;
            canvas.DrawPath(path, paint);
            path.Rewind();
        }
        paint.PathEffect = null;
    }

    private static void Polygon(SKCanvas canvas, SKPaint paint, PolygonMark mark)
    {
        using var path = new SKPath();
        path.MoveTo((float)mark.Points[0], (float)mark.Points[1]);
        for (int i = 2; i < mark.Points.Length; i += 2)
            path.LineTo((float)mark.Points[i], (float)mark.Points[i + 1]);
        path.Close();
        if (mark.Fill is uint fill)
        {
            Fill(paint, fill);
            paint.Color = paint.Color.WithAlpha((byte)Math.Round(255 * mark.Opacity));
            canvas.DrawPath(path, paint);
        }
        if (mark.Stroke is uint stroke)
        {
            Stroke(paint, stroke, mark.Width);
            canvas.DrawPath(path, paint);
        }
    }

    private static void Gradient(SKCanvas canvas, GradientMark mark)
    {
        using var paint = new SKPaint
        {
            Shader = SKShader.CreateLinearGradient(
                new SKPoint(0, (float)(mark.Y + mark.Height)),
                new SKPoint(0, (float)mark.Y),
                Array.ConvertAll(mark.Colors, Color),
                SKShaderTileMode.Clamp),
        };
        canvas.DrawRect((float)mark.X, (float)mark.Y, (float)mark.Width, (float)mark.Height, paint);
        paint.Shader.Dispose();
    }

    private static void Raster(SKCanvas canvas, RasterMark mark)
    {
        byte[] pixels = new byte[4 * mark.Indices.Length];
        for (int i = 0; i < mark.Indices.Length; i++)
        {
            uint color = mark.Colors[mark.Indices[i]];
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = ((byte)(color >> 16), (byte)(color >> 8), (byte)color, 255);
        }
        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(mark.Columns, mark.Rows, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels);
        canvas.DrawImage(image, SKRect.Create((float)mark.X, (float)mark.Y, (float)mark.Width, (float)mark.Height), new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static void Text(SKCanvas canvas, SKPaint paint, TextMark mark)
    {
        using var font = new SKFont(mark.Bold ? Typefaces.Bold : Typefaces.Regular, (float)mark.Size) { Hinting = SKFontHinting.None, Subpixel = true };
        SKTextAlign align = mark.Anchor switch { TextAnchor.Middle => SKTextAlign.Center, TextAnchor.End => SKTextAlign.Right, _ => SKTextAlign.Left };
        string text = Drawable(mark.Text);
        canvas.Save();
        canvas.Translate((float)mark.X, (float)mark.Y);
        if (mark.Upward)
            canvas.RotateDegrees(-90);
        if (mark.Halo)
        {
            Stroke(paint, 0xFFFFFF, 3);
            canvas.DrawText(text, 0, 0, align, font, paint);
        }
        Fill(paint, mark.Color);
        canvas.DrawText(text, 0, 0, align, font, paint);
        canvas.Restore();
    }

    // Control characters and lone surrogates have no glyph.
    private static string Drawable(string text)
    {
        var drawable = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            drawable.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return drawable.ToString();
    }

    private static void Fill(SKPaint paint, uint color) => (paint.Style, paint.Color) = (SKPaintStyle.Fill, Color(color));

    private static void Stroke(SKPaint paint, uint color, double width)
    {
        (paint.Style, paint.Color, paint.StrokeWidth) = (SKPaintStyle.Stroke, Color(color), (float)width);
        (paint.StrokeJoin, paint.StrokeCap) = (SKStrokeJoin.Round, SKStrokeCap.Butt);
    }

    public static SKColor Color(uint color) => new(0xFF000000 | color);
}
