using SkiaSharp;

namespace Crease.Views;

/// <summary>Paints the frames of a movie on one canvas, one after the other.</summary>
internal static class FramePainter
{
    private const double CaptionHeight = 34, CaptionSize = 15, CaptionLeft = 24;

    public static IEnumerable<PaintedFrame> Paint(IEnumerable<MovieFrame> frames, MovieOptions options, bool hasCaptions, bool isEven)
    {
        using IEnumerator<MovieFrame> source = frames.GetEnumerator();
        if (!source.MoveNext())
            throw new ArgumentException("'frames' is empty; a movie needs at least one.", nameof(frames));
        Figure figure = source.Current.Draw();
        (double wide, double high, float scale) = (figure.Width, figure.Height, (float)(options.Width / figure.Width));
        int even = isEven ? 1 : 0, width = options.Width + even & ~even;
        int height = Math.Max(1, (int)Math.Round((high + (hasCaptions ? CaptionHeight : 0)) * scale)) + even & ~even;
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new ArgumentException($"A frame of {width} x {height} pixels does not fit into memory; lower '{nameof(MovieOptions.Width)}'.", nameof(frames));
        surface.Canvas.Scale(scale);
        for (int number = 1; ; number++)
        {
            MovieFrame frame = source.Current;
            if (frame.Seconds is double own && !MovieOptions.IsDuration(own))
                throw new ArgumentException(FormattableString.Invariant($"frame {number} stays {own} seconds; expected [0.02, 60]."), nameof(frames));
            if (figure.Width != wide)
                throw new ArgumentException(FormattableString.Invariant($"frame {number} is {figure.Width} points wide and the first one {wide}; give all figures the same width."), nameof(frames));
            SkiaPainter.Paint(hasCaptions ? Captioned(figure, frame.Caption, high) : figure, surface.Canvas, raster: true);
            // Known only now, and needed with the frame: its maker may take long, and the pixels must not change meanwhile.
            bool isLast = !source.MoveNext();
            double seconds = frame.Seconds ?? options.FrameSeconds;
            using (SKPixmap pixels = surface.PeekPixels())
                yield return new PaintedFrame(frame.Caption, isLast ? Math.Max(seconds, options.LastSeconds) : seconds, pixels);
            if (isLast)
                yield break;
            figure = source.Current.Draw();
        }
    }

    // A white strip first: what a higher figure has there must not shine through.
    private static Figure Captioned(Figure figure, string caption, double top)
    {
        double bottom = top + CaptionHeight, right = figure.Width;
        var strip = new PolygonMark([0, top, right, top, right, bottom, 0, bottom], 0xFFFFFF, null, 0);
        var text = new TextMark(CaptionLeft, top + 16, FigureFrame.Fit(caption, right - 2 * CaptionLeft, CaptionSize), CaptionSize, PartitionDrawing.Ink) { Bold = true };
        return figure with { Height = bottom, Marks = [.. figure.Marks, strip, text] };
    }
}
