namespace Crease.Views;

/// <summary>Where a panel lies in the figure, and its axes.</summary>
/// <param name="Left">Left edge in points.</param>
/// <param name="Top">Top edge in points.</param>
/// <param name="Width">Width in points.</param>
/// <param name="Height">Height in points.</param>
/// <param name="Horizontal">The shared axis, offset included.</param>
/// <param name="Vertical">The panel's own axis.</param>
internal sealed record CurveArea(double Left, double Top, double Width, double Height, CurveAxis Horizontal, CurveAxis Vertical)
{
    // Cutting at the edges needs differences of coordinates with digits left.
    private const double Farthest = 1e7;

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>NaN for a number without a place; far away, but finite, for one outside.</summary>
    public double X(double value) => Left + Math.Clamp(Width * Horizontal.Share(value), -Farthest, Farthest);

    /// <inheritdoc cref="X"/>
    public double Y(double value) => Bottom - Math.Clamp(Height * Vertical.Share(value), -Farthest, Farthest);

    public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;

    /// <summary>The part of a segment inside the panel.</summary>
    /// <returns>Its ends, or null where nothing of it is inside.</returns>
    public (double X0, double Y0, double X1, double Y1)? Cut(double x0, double y0, double x1, double y1)
    {
        (double from, double to) = (0, 1);
        if (!Narrow(x0 - Left, x1 - Left, ref from, ref to) || !Narrow(Right - x0, Right - x1, ref from, ref to)
            || !Narrow(y0 - Top, y1 - Top, ref from, ref to) || !Narrow(Bottom - y0, Bottom - y1, ref from, ref to))
            return null;
        (double ax, double ay) = from > 0 ? Inside(x0 + from * (x1 - x0), y0 + from * (y1 - y0)) : (x0, y0);
        (double bx, double by) = to < 1 ? Inside(x0 + to * (x1 - x0), y0 + to * (y1 - y0)) : (x1, y1);
        return (ax, ay, bx, by);
    }

    /// <summary>A point moved to the nearest one inside.</summary>
    public (double X, double Y) Inside(double x, double y) => (Math.Clamp(x, Left, Right), Math.Clamp(y, Top, Bottom));

    // Keeps the shares of a segment for which a linear function, given at both ends, is at least 0.
    private static bool Narrow(double start, double end, ref double from, ref double to)
    {
        if (start < 0 && end < 0)
            return false;
        if (start < 0)
            from = Math.Max(from, start / (start - end));
        else if (end < 0)
            to = Math.Min(to, start / (start - end));
        return from <= to;
    }
}
