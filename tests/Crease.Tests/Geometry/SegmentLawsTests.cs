using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Laws that every cut segment obeys, on the corpus of small networks of every kind of layer.</summary>
public sealed class SegmentLawsTests
{
    private static readonly CutOptions WithBoundary = new() { Boundary = true };

    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Regions_tile_the_segment(string name)
    {
        foreach (SegmentPartition segment in Segments(name))
        {
            Assert.Equal(Status.Complete, segment.Status);
            Assert.Equal((segment.Slice.Domain[0], segment.Slice.Domain[1]), (segment.Ends[0], segment.Ends[^1]));
            for (int r = 0; r < segment.RegionCount; r++)
                Assert.True(segment.LengthOf(r) >= 0, $"region {r} has length {segment.LengthOf(r)}");
            Assert.Equal(segment.BreakpointCount + 1, segment.FirstCreases.Length);
            for (int b = 0; b < segment.BreakpointCount; b++)
            {
                Assert.NotEqual(0, segment.CreasesOf(b).Length);
                Assert.Equal(segment.NewFromLayer[b + 1], segment.CreaseAt(segment.CreasesOf(b)[0]).Layer);
            }
            Assert.Equal(segment.Layers.Length == 0 ? [] : [segment.RegionCount], segment.RegionsPerLayer.TakeLast(1));
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Maps_agree_with_the_forward_pass_at_ends_and_inside(string name)
    {
        foreach (SegmentPartition segment in Segments(name))
        {
            for (int r = 0; r < segment.RegionCount; r++)
            {
                foreach (double share in new[] { 0, 0.31, 0.5, 1 })
                {
                    double t = segment.Ends[r] + share * segment.LengthOf(r);
                    double[] expected = segment.Network.Evaluate(segment.Slice.Decode(t));
                    double scale = 1 + expected.Max(Math.Abs);
                    for (int o = 0; o < expected.Length; o++)
                        Assert.Equal(expected[o], segment.Slopes[r * segment.Outputs + o] * t + segment.Offsets[r * segment.Outputs + o], 1e-9 * scale);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Sampled_codes_are_those_of_the_region_they_fall_into(string name)
    {
        const int Samples = 10_000;
        SegmentPartition segment = Segments(name)[0];
        Code[] codes = [.. Enumerable.Range(0, segment.RegionCount).Select(segment.Code)];
        for (int i = 0; i < Samples; i++)
        {
            double t = segment.Ends[0] + segment.Length * (i + 0.4863) / Samples;
            int region = segment.RegionOf(t);
            // So near a breakpoint the forward pass itself cannot tell.
            if (Math.Min(t - segment.Ends[region], segment.Ends[region + 1] - t) > 1e-12)
                Assert.Equal(codes[region], new Linearization(segment.Network, segment.Slice.Decode(t)).Code());
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Creases_of_a_breakpoint_are_the_units_whose_piece_differs(string name)
    {
        foreach (SegmentPartition segment in Segments(name))
        {
            for (int b = 0; b < segment.BreakpointCount; b++)
            {
                if (Math.Min(segment.LengthOf(b), segment.LengthOf(b + 1)) < 1e-9)
                    continue;
                Code before = segment.Code(b), after = segment.Code(b + 1);
                var expected = new List<(int Layer, int Unit)>();
                for (int l = 0; l < before.Pieces.Length; l++)
                {
                    for (int u = 0; u < before.Pieces[l].Length; u++)
                    {
                        if (before.Pieces[l][u] != after.Pieces[l][u])
                            expected.Add((l, u));
                    }
                }
                CreaseUnit[] found = [.. segment.CreasesOf(b).ToArray().Select(segment.CreaseAt)];
                Assert.Equal(expected, found.Select(crease => (crease.Layer, crease.Unit)));
                Assert.All(found, crease => Assert.Equal([crease.Lower, crease.Upper], new[] { before, after }.Select(code => code.Pieces[crease.Layer][crease.Unit]).Order()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Classes_change_where_two_outputs_tie(string name)
    {
        foreach (SegmentPartition segment in Segments(name))
        {
            SegmentBoundary boundary = segment.Boundary!;
            for (int c = 0; c < boundary.Count; c++)
            {
                double t = boundary.Positions[c];
                double[] y = segment.Network.Evaluate(segment.Slice.Decode(t));
                (int before, int after) = (boundary.Classes[2 * c], boundary.Classes[2 * c + 1]);
                Assert.NotEqual(before, after);
                if (c > 0)
                    Assert.Equal(boundary.Classes[2 * c - 1], before);
                double scale = 1 + y.Max(Math.Abs);
                Assert.Equal(0, y.Length == 1 ? y[0] : y[before] - y[after], 1e-9 * scale);
                if (y.Length > 1)
                    Assert.Equal(y.Max(), y[before], 1e-9 * scale);
            }
            // Between crossings the class of the forward pass is the one that the crossings say.
            for (int i = 0; i < 500; i++)
            {
                double t = segment.Ends[0] + segment.Length * (i + 0.37) / 500;
                double[] y = segment.Network.Evaluate(segment.Slice.Decode(t));
                int crossed = boundary.Positions.ToArray().Count(at => at < t), winner = y.Length == 1 ? (y[0] > 0 ? 1 : 0) : Array.IndexOf(y, y.Max());
                if (boundary.Count > 0)
                    Assert.Equal(crossed == 0 ? boundary.Classes[0] : boundary.Classes[2 * crossed - 1], winner);
                else
                    Assert.All(segment.Classes.ToArray(), found => Assert.Equal(winner, found));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Result_does_not_depend_on_threads(string name)
    {
        (Network network, Slice slice) = SegmentCorpus.Segments(name)[0];
        SegmentPartition one = new SegmentPartitioner(network).Cut(slice, new RunContext { Threads = 1 }, WithBoundary);
        SegmentPartition many = new SegmentPartitioner(network).Cut(slice, new RunContext { Threads = 5 }, WithBoundary);
        Assert.True(one.Ends.SequenceEqual(many.Ends));
        Assert.True(one.Slopes.SequenceEqual(many.Slopes) && one.Offsets.SequenceEqual(many.Offsets));
        Assert.True(one.Creases.SequenceEqual(many.Creases) && one.FirstCreases.SequenceEqual(many.FirstCreases));
        Assert.True(one.CodeHashes.SequenceEqual(many.CodeHashes));
        Assert.True(one.Boundary!.Positions.SequenceEqual(many.Boundary!.Positions) && one.Boundary.Classes.SequenceEqual(many.Boundary.Classes));
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Halves_joined_are_the_whole(string name)
    {
        foreach ((Network network, Slice slice) in SegmentCorpus.Segments(name))
        {
            var partitioner = new SegmentPartitioner(network);
            double middle = slice.Domain[0] + 0.4142 * (slice.Domain[1] - slice.Domain[0]);
            SegmentPartition whole = partitioner.Cut(slice);
            SegmentPartition left = partitioner.Cut(slice.WithDomain([slice.Domain[0], middle])), right = partitioner.Cut(slice.WithDomain([middle, slice.Domain[1]]));
            // The region that the cut runs through is in both halves.
            Assert.Equal(left.CodeHashes[^1], right.CodeHashes[0]);
            Assert.Equal(whole.CodeHashes.ToArray(), (ulong[])[.. left.CodeHashes, .. right.CodeHashes[1..]]);
            Assert.Equal(whole.Creases.ToArray(), (int[])[.. left.Creases, .. right.Creases]);
            double[] breakpoints = [.. left.Breakpoints, .. right.Breakpoints];
            for (int b = 0; b < breakpoints.Length; b++)
                Assert.Equal(whole.Breakpoints[b], breakpoints[b], 1e-11 * slice.Domain.ToArray().Max(Math.Abs));
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Backwards_the_order_is_reversed(string name)
    {
        (Network network, Slice slice) = SegmentCorpus.Segments(name)[0];
        double[] reversed = [.. slice.Directions.ToArray().Select(x => -x)];
        SegmentPartition forth = new SegmentPartitioner(network).Cut(slice);
        SegmentPartition back = new SegmentPartitioner(network).Cut(Slice.Of(slice.Origin.ToArray(), reversed, [-slice.Domain[1], -slice.Domain[0]]));
        Assert.Equal(forth.CodeHashes.ToArray().Reverse(), back.CodeHashes.ToArray());
        for (int b = 0; b < forth.BreakpointCount; b++)
            Assert.Equal(forth.Breakpoints[b], -back.Breakpoints[^(b + 1)], 1e-12 * forth.Length);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Each_layer_refines_the_one_before(string name)
    {
        (Network network, Slice slice) = SegmentCorpus.Segments(name)[0];
        SegmentPartition whole = new SegmentPartitioner(network).Cut(slice);
        for (int layer = 0; layer < whole.Layers.Length; layer++)
        {
            SegmentPartition coarse = new SegmentPartitioner(network, layer + 1).Cut(slice);
            Assert.Equal(whole.RegionsPerLayer[layer], coarse.RegionCount);
            double[] kept = [.. Enumerable.Range(0, whole.BreakpointCount).Where(b => whole.NewFromLayer[b + 1] <= layer).Select(b => whole.Breakpoints[b])];
            Assert.Equal(kept, coarse.Breakpoints.ToArray());
        }
    }

    private static List<SegmentPartition> Segments(string name) =>
        [.. SegmentCorpus.Segments(name).Select(found => new SegmentPartitioner(found.Network).Cut(found.Slice, options: WithBoundary))];
}
