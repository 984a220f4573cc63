using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Segments against planar partitions of planes that hold them: two engines, one network.</summary>
public sealed class SegmentAgreementTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Regions_are_those_that_the_line_meets_in_the_plane(string name)
    {
        int compared = 0;
        foreach ((Network network, Slice slice, Partition plane, double[] from, double[] to) in SegmentCorpus.Chords(name, 12))
        {
            SegmentPartition segment = new SegmentPartitioner(network).Cut(slice);
            (List<ulong> met, List<(double Share, int Crease)> crossed) = Walk(plane, from, to);
            if (met.Count == 0)
                continue;
            // Part of the line may lie outside the plane's domain.
            int first = segment.CodeHashes.IndexOf(met[0]);
            Assert.InRange(first, 0, segment.RegionCount - met.Count);
            Assert.Equal(met, segment.CodeHashes.Slice(first, met.Count).ToArray());
            Assert.Equal(met.Count, met.Distinct().Count());
            for (int b = 0; b < crossed.Count; b++)
            {
                Assert.Equal(crossed[b].Share * segment.Length, segment.Breakpoints[first + b], 1e-9 * segment.Length);
                Assert.Contains(crossed[b].Crease, segment.CreasesOf(first + b).ToArray());
            }
            compared += met.Count;
        }
        Assert.True(compared >= 10, $"{compared} regions compared");
    }

    [Theory]
    [InlineData(2, 6, 1)]
    [InlineData(2, 6, 6, 2)]
    [InlineData(3, 8, 8, 8, 1)]
    [InlineData(1, 5, 5, 5, 5, 5, 1)]
    public void Breakpoints_are_those_of_rational_arithmetic(params int[] widths)
    {
        int breakpoints = 0, concurrent = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            // Few different weights: zeros coincide and units vanish on whole intervals all the time.
            var random = new RandomSource(seed);
            double[] Halves(int count, int most) => [.. Enumerable.Range(0, count).Select(_ => (random.Index(2 * most + 1) - most) / 2.0)];
            Network network = SmallNetworks.Dense("halves", widths, (inputs, outputs) => (Halves(outputs * inputs, 2), Halves(outputs, 3)), PiecewiseLinear.Relu);
            double[] start = Halves(widths[0], 4), direction = new double[widths[0]];
            (start[0], direction[0]) = (-3, 1);
            var expected = new RationalLine(network, start, 6.25);
            SegmentPartition segment = new SegmentPartitioner(network).Cut(Slice.Of(start, direction, [0, 6.25]));
            Assert.Equal(expected.Breakpoints.Count, segment.BreakpointCount);
            foreach ((int b, (RationalLine.Fraction at, List<(int, int)> units)) in expected.Breakpoints.Index())
            {
                Assert.Equal(at.Value, segment.Breakpoints[b], 1e-15 * (1 + at.Value));
                Assert.Equal(units, segment.CreasesOf(b).ToArray().Select(segment.CreaseAt).Select(crease => (crease.Layer, crease.Unit)));
                (breakpoints, concurrent) = (breakpoints + 1, concurrent + (units.Count > 1 ? 1 : 0));
            }
        }
        Assert.True(concurrent >= 20 && breakpoints >= 100, $"{breakpoints} breakpoints, {concurrent} of several units");
    }

    // The regions that a line meets, from the mesh alone: clip it against every polygon and sort by where it enters.
    private static (List<ulong> Met, List<(double Share, int Crease)> Crossed) Walk(Partition plane, double[] from, double[] to)
    {
        var met = new List<(double Enter, ulong Hash, int Crease)>();
        for (int r = 0; r < plane.RegionCount; r++)
        {
            double[] p = plane.Polygon(r);
            double enter = 0, leave = 1;
            int entered = -1;
            for (int i = 0; i < p.Length / 2 && enter < leave; i++)
            {
                int j = (i + 1) % (p.Length / 2);
                double dx = p[2 * j] - p[2 * i], dy = p[2 * j + 1] - p[2 * i + 1];
                double start = dx * (from[1] - p[2 * i + 1]) - dy * (from[0] - p[2 * i]), end = dx * (to[1] - p[2 * i + 1]) - dy * (to[0] - p[2 * i]);
                if (start < 0 && end < 0)
                    leave = -1;
                else if (start < 0 && start / (start - end) > enter)
                    (enter, entered) = (start / (start - end), plane.FirstHalfEdges[r] + i);
                else if (end < 0)
                    leave = Math.Min(leave, start / (start - end));
            }
            if (leave - enter > 1e-11)
                met.Add((enter, plane.CodeHashes[r], entered < 0 ? -1 : plane.Creases[entered]));
        }
        met.Sort((p, q) => p.Enter.CompareTo(q.Enter));
        return ([.. met.Select(region => region.Hash)], [.. met.Skip(1).Select(region => (region.Enter, region.Crease))]);
    }
}
