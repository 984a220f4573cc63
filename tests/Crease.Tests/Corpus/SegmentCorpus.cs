using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>The networks of the partition corpus with segments that lie in their slices.</summary>
public static class SegmentCorpus
{
    /// <summary>A segment through most of the slice, a short one, and one that starts far outside.</summary>
    public static List<(Network Network, Slice Slice)> Segments(string name) => [.. Chords(name, 1).Select(chord => (chord.Network, chord.Segment))];

    /// <summary>Segments with the partition of the plane they lie in, and their ends in its coordinates.</summary>
    public static List<(Network Network, Slice Segment, Partition Plane, double[] From, double[] To)> Chords(string name, int more)
    {
        Partition plane = PartitionCorpus.Cut(name);
        (double x, double y) = plane.Center(plane.RegionCount / 2);
        double radius = 0.2 * Math.Sqrt(plane.DomainArea);
        var random = new RandomSource(31);
        List<(double[] From, double[] To)> ends =
        [
            ([x - 1.6 * radius, y - 1.1 * radius], [x + 1.4 * radius, y + 1.7 * radius]),
            ([x, y], [x + 0.1 * radius, y - 0.07 * radius]),
            ([x + 5 * radius, y - 8 * radius], [x - 0.3 * radius, y + 0.8 * radius]),
        ];
        for (int i = 0; i < more; i++)
            ends.Add(([x + radius * random.Normal(), y + radius * random.Normal()], [x + radius * random.Normal(), y + radius * random.Normal()]));
        return [.. ends.Select(chord => (plane.Network, Slice.Segment(plane.Slice.Decode(chord.From), plane.Slice.Decode(chord.To)), plane, chord.From, chord.To))];
    }
}
