using Microsoft.Playwright;

namespace Crease.Studio.Tests;

/// <summary>Where a slice lies on the window: the center of the view in slice units, pixels per unit, and the box of the plot in window pixels.</summary>
internal readonly record struct ShownView(double X, double Y, double Scale, LocatorBoundingBoxResult Plot)
{
    // The whole slice takes this much of the plot.
    private const double Fill = 0.96;

    public double Width => Plot.Width / Scale;

    public double Height => Plot.Height / Scale;

    /// <summary>The view that holds all of a slice.</summary>
    /// <param name="extent">Least and greatest s, least and greatest t.</param>
    /// <param name="plot">Box of the plot.</param>
    public static ShownView Whole(double[] extent, LocatorBoundingBoxResult plot) =>
        new((extent[0] + extent[1]) / 2, (extent[2] + extent[3]) / 2, Fill * Math.Min(plot.Width / (extent[1] - extent[0]), plot.Height / (extent[3] - extent[2])), plot);

    /// <summary>The view of an address: center, width and height.</summary>
    public static ShownView Of(double[] viewport, LocatorBoundingBoxResult plot) => new(viewport[0], viewport[1], Math.Min(plot.Width / viewport[2], plot.Height / viewport[3]), plot);

    /// <summary>The place on the window of a point of the slice.</summary>
    public (float X, float Y) Pixel(double s, double t) =>
        ((float)(Plot.X + Plot.Width / 2 + (s - X) * Scale), (float)(Plot.Y + Plot.Height / 2 - (t - Y) * Scale));
}
