using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Local complexity at the centers of a grid of pixels on a two-dimensional slice.</summary>
/// <remarks>Source: <c>humayun2024grok</c>, figures of spatial local complexity. Neighborhoods reach into all directions of the input space, off the slice too.</remarks>
public sealed class ComplexityMap
{
    private const long MostPixels = 1L << 26;

    private readonly double[] _totals;

    private ComplexityMap(LocalComplexityEstimator estimator, Slice slice, int columns, int rows, double[] box, double[] totals, double seconds)
    {
        (Network, Options, Slice, Columns, Rows, _totals) = (estimator.Network, estimator.Options, slice, columns, rows, totals);
        (MinS, MaxS, MinT, MaxT) = (box[0], box[1], box[2], box[3]);
        (Layers, IsApproximate) = (estimator.Layers, estimator.IsApproximate);
        Cost = new Cost(seconds, 0, GC.GetTotalMemory(false));
        Totals = SampleMean.Of([.. totals.Where(double.IsFinite)]);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The neighborhood.</summary>
    public LocalComplexityOptions Options { get; }

    /// <summary>The slice.</summary>
    public Slice Slice { get; }

    /// <summary>What was counted.</summary>
    public ImmutableArray<CountedLayer> Layers { get; }

    /// <summary>Whether a smooth node takes part, so that counts describe no creases.</summary>
    public bool IsApproximate { get; }

    /// <summary>Pixels along the first slice coordinate.</summary>
    public int Columns { get; }

    /// <summary>Pixels along the second slice coordinate.</summary>
    public int Rows { get; }

    /// <summary>Smallest first slice coordinate.</summary>
    public double MinS { get; }

    /// <summary>Largest first slice coordinate.</summary>
    public double MaxS { get; }

    /// <summary>Smallest second slice coordinate.</summary>
    public double MinT { get; }

    /// <summary>Largest second slice coordinate.</summary>
    public double MaxT { get; }

    /// <summary>Total at each pixel's center, row by row from the smallest second coordinate up; NaN outside the domain. Shape [rows, columns].</summary>
    public ReadOnlySpan<double> Values => _totals;

    /// <summary>Mean and range over the pixels of the domain.</summary>
    public SampleMean Totals { get; }

    /// <summary>What the map took.</summary>
    public Cost Cost { get; }

    /// <summary>Measures a map.</summary>
    /// <param name="estimator">Network and neighborhood.</param>
    /// <param name="slice">A two-dimensional slice of the network's input space.</param>
    /// <param name="resolution">Pixels along the longer side of the domain's bounding box, in [2, 8192]; pixels are square.</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults.</param>
    /// <exception cref="ArgumentException">The slice does not fit, or the resolution is out of range.</exception>
    public static ComplexityMap Of(LocalComplexityEstimator estimator, Slice slice, int resolution, RunContext? run = null)
    {
        run ??= RunContext.Default;
        if (slice.Dimension != 2 || slice.Inputs != estimator.Network.InputShape.Size)
            throw new ArgumentException($"'slice' has {slice.Dimension} directions in a space of {slice.Inputs} inputs; expected 2 in {estimator.Network.InputShape.Size}.", nameof(slice));
        double[] box = Box(slice.Domain);
        double side = Math.Max(box[1] - box[0], box[3] - box[2]);
        int columns = Pixels(box[1] - box[0], side, resolution), rows = Pixels(box[3] - box[2], side, resolution);
        if (resolution is < 2 or > 8192 || (long)columns * rows * (estimator.Layers.Length + 1) > MostPixels)
            throw new ArgumentException($"'resolution' is {resolution}; expected 2 to 8192, and at most {MostPixels} numbers ({columns} x {rows} pixels, {estimator.Layers.Length} layers).", nameof(resolution));
        long start = run.Clock.GetTimestamp();
        int[] counts = estimator.Count(columns * rows, (first, count, points) =>
        {
            int inputs = slice.Inputs;
            for (int i = 0; i < count; i++)
            {
                (double s, double t) = Center(box, columns, rows, first + i);
                Span<double> point = points.Slice(i * inputs, inputs);
                for (int d = 0; d < inputs; d++)
                    point[d] = slice.Origin[d] + s * slice.Directions[d] + t * slice.Directions[inputs + d];
            }
        }, run);
        var totals = new double[columns * rows];
        for (int pixel = 0; pixel < totals.Length; pixel++)
        {
            for (int l = 0; l < estimator.Layers.Length; l++)
                totals[pixel] += estimator.Layers[l].IsLogits && !estimator.Options.IncludeLogits ? 0 : counts[pixel * estimator.Layers.Length + l];
            (double s, double t) = Center(box, columns, rows, pixel);
            if (!IsInside(slice.Domain, s, t))
                totals[pixel] = double.NaN;
        }
        return new ComplexityMap(estimator, slice, columns, rows, box, totals, run.Clock.GetElapsedTime(start).TotalSeconds);
    }

    private static int Pixels(double extent, double side, int resolution) => Math.Max(1, (int)Math.Round(resolution * extent / side));

    private static (double S, double T) Center(double[] box, int columns, int rows, int pixel) =>
        (box[0] + (pixel % columns + 0.5) / columns * (box[1] - box[0]), box[2] + (pixel / columns + 0.5) / rows * (box[3] - box[2]));

    private static double[] Box(ReadOnlySpan<double> domain)
    {
        double[] box = [domain[0], domain[0], domain[1], domain[1]];
        for (int i = 0; i < domain.Length; i += 2)
        {
            (box[0], box[1]) = (Math.Min(box[0], domain[i]), Math.Max(box[1], domain[i]));
            (box[2], box[3]) = (Math.Min(box[2], domain[i + 1]), Math.Max(box[3], domain[i + 1]));
        }
        return box;
    }

    // The domain is convex and counter-clockwise.
    private static bool IsInside(ReadOnlySpan<double> domain, double s, double t)
    {
        for (int i = 0, j = domain.Length - 2; i < domain.Length; j = i, i += 2)
        {
            if ((domain[i] - domain[j]) * (t - domain[j + 1]) - (domain[i + 1] - domain[j + 1]) * (s - domain[j]) < 0)
                return false;
        }
        return true;
    }
}
