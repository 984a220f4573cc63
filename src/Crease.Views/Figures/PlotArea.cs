using Crease.Networks;

namespace Crease.Views;

/// <summary>Where the plotted rectangle lies in the figure; slices have the same scale on both axes.</summary>
/// <param name="Left">Left edge in points.</param>
/// <param name="Top">Top edge in points.</param>
/// <param name="Scale">Points per unit of the slice.</param>
/// <param name="MinS">Smallest first slice coordinate.</param>
/// <param name="MaxS">Largest first slice coordinate.</param>
/// <param name="MinT">Smallest second slice coordinate.</param>
/// <param name="MaxT">Largest second slice coordinate.</param>
internal sealed record PlotArea(double Left, double Top, double Scale, double MinS, double MaxS, double MinT, double MaxT)
{
    /// <summary>Points per unit of the second axis, where that is not <see cref="Scale"/>.</summary>
    public double? ScaleT { get; init; }

    public double Width => (MaxS - MinS) * Scale;

    public double Height => (MaxT - MinT) * (ScaleT ?? Scale);

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double X(double s) => Left + (s - MinS) * Scale;

    public double Y(double t) => Top + (MaxT - t) * (ScaleT ?? Scale);

    /// <summary>The largest area with this corner that keeps to both limits.</summary>
    public static PlotArea Fit(Slice slice, double left, double top, double width, double height)
    {
        double minS = double.PositiveInfinity, minT = minS, maxS = double.NegativeInfinity, maxT = maxS;
        ReadOnlySpan<double> domain = slice.Domain;
        for (int i = 0; i < domain.Length; i += 2)
        {
            (minS, maxS) = (Math.Min(minS, domain[i]), Math.Max(maxS, domain[i]));
            (minT, maxT) = (Math.Min(minT, domain[i + 1]), Math.Max(maxT, domain[i + 1]));
        }
        double scale = Math.Min(width / (maxS - minS), height / (maxT - minT));
        return new PlotArea(left, top, scale, minS, maxS, minT, maxT);
    }

    public double[] Polygon(ReadOnlySpan<double> domain)
    {
        var points = new double[domain.Length];
        for (int i = 0; i < points.Length; i += 2)
            (points[i], points[i + 1]) = (X(domain[i]), Y(domain[i + 1]));
        return points;
    }
}
