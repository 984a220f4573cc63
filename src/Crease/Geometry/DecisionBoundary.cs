using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Where a classifier changes its mind on a slice: straight segments, each inside one region.</summary>
/// <remarks>
/// For several outputs a segment is where the two largest tie (the upper envelope of the region's affine functions); for one output it
/// is the zero set; for a chosen pair it is where that pair ties.
/// </remarks>
public sealed class DecisionBoundary
{
    private readonly double[] _ends;
    private readonly int[] _regions;
    private readonly int[] _classes;
    private readonly Slice _slice;

    internal DecisionBoundary(Slice slice, double[] ends, int[] regions, int[] classes)
    {
        (_slice, _ends, _regions, _classes) = (slice, ends, regions, classes);
        for (int s = 0; s < SegmentCount; s++)
            Length += SegmentLength(s);
    }

    /// <summary>Number of segments.</summary>
    public int SegmentCount => _regions.Length;

    /// <summary>Total length in units of the slice.</summary>
    public double Length { get; }

    /// <summary>Both ends of each segment in slice coordinates: x0, y0, x1, y1. Shape [segments, 4].</summary>
    public ReadOnlySpan<double> Ends => _ends;

    /// <summary>The region that each segment runs through. Shape [segments].</summary>
    public ReadOnlySpan<int> Regions => _regions;

    /// <summary>The two outputs that tie on each segment, smaller index first; (-1, 0) for the zero set of one output. Shape [segments, 2].</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>Length of one segment.</summary>
    /// <param name="segment">0-based segment.</param>
    public double SegmentLength(int segment) => double.Hypot(_ends[4 * segment + 2] - _ends[4 * segment], _ends[4 * segment + 3] - _ends[4 * segment + 1]);

    /// <summary>Length per pair of outputs.</summary>
    /// <returns>One entry per pair that occurs, ordered by pair.</returns>
    public IReadOnlyList<(int First, int Second, double Length)> LengthPerPair()
    {
        var lengths = new SortedDictionary<(int, int), double>();
        for (int s = 0; s < SegmentCount; s++)
        {
            (int, int) pair = (_classes[2 * s], _classes[2 * s + 1]);
            lengths[pair] = lengths.GetValueOrDefault(pair) + SegmentLength(s);
        }
        return [.. lengths.Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value))];
    }

    /// <summary>Points spread evenly by length over the boundary.</summary>
    /// <param name="count">Number of points, at least 1.</param>
    /// <param name="random">Source of the points.</param>
    /// <returns>Shape [count, 2], slice coordinates; empty when there is no boundary.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    public double[] Sample(int count, RandomSource random)
    {
        if (count < 1)
            throw new ArgumentException($"'count' is {count}; expected at least 1.", nameof(count));
        if (SegmentCount == 0)
            return [];
        var upTo = new double[SegmentCount];
        for (int s = 0; s < upTo.Length; s++)
            upTo[s] = (s == 0 ? 0 : upTo[s - 1]) + SegmentLength(s);
        var points = new double[2 * count];
        for (int i = 0; i < count; i++)
        {
            int found = Array.BinarySearch(upTo, random.Uniform() * upTo[^1]);
            int segment = Math.Min(found >= 0 ? found : ~found, SegmentCount - 1);
            double share = random.Uniform();
            for (int d = 0; d < 2; d++)
                points[2 * i + d] = _ends[4 * segment + d] + share * (_ends[4 * segment + 2 + d] - _ends[4 * segment + d]);
        }
        return points;
    }

    /// <summary>Inputs at points of the slice.</summary>
    /// <param name="points">Shape [count, 2], slice coordinates.</param>
    /// <returns>Shape [count, inputs].</returns>
    public double[] Decode(ReadOnlySpan<double> points)
    {
        var inputs = new double[(long)points.Length / 2 * _slice.Inputs];
        for (int i = 0; i < points.Length / 2; i++)
            _slice.Decode(points.Slice(2 * i, 2)).CopyTo(inputs, i * _slice.Inputs);
        return inputs;
    }

    /// <summary>Distance on the slice from a point to the nearest boundary point; infinite when there is no boundary.</summary>
    /// <param name="x">First slice coordinate.</param>
    /// <param name="y">Second slice coordinate.</param>
    public double Distance(double x, double y)
    {
        double nearest = double.PositiveInfinity;
        for (int s = 0; s < SegmentCount; s++)
            nearest = Math.Min(nearest, Polygons.DistanceToSegment(x, y, _ends.AsSpan(4 * s, 4)));
        return nearest;
    }
}
