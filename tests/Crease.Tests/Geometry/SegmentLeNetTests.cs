using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Segments through a convolutional network with max pooling and thousands of breakpoints, from images whose blank parts tie in every window.</summary>
public sealed class SegmentLeNetTests
{
    private static readonly double[][] Digits = DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs;

    [Theory]
    [InlineData("clntrained", 0, true, 5000)]
    [InlineData("clntrained", 1, false, 500)]
    [InlineData("advtrained", 2, true, 300)]
    public void Codes_and_maps_are_those_of_points(string training, int digit, bool isRandom, int atLeast)
    {
        Network network = LeNet.Load(training);
        double[] from = Digits[digit], to = isRandom ? Reflected(from, length: 2) : Digits[digit + 1];
        var slice = Slice.Segment(from, to);
        SegmentPartition segment = new SegmentPartitioner(network).Cut(slice, options: new CutOptions { Boundary = true });
        Assert.Equal(Status.Complete, segment.Status);
        Assert.True(segment.RegionCount >= atLeast, $"{segment.RegionCount} regions");
        // A code's cell is convex: a line meets it once.
        Assert.Equal(segment.RegionCount, segment.CodeHashes.ToArray().Distinct().Count());
        int compared = 0;
        for (int region = 0; region < segment.RegionCount; region += 1 + segment.RegionCount / 12)
        {
            double t = 0.5 * (segment.Ends[region] + segment.Ends[region + 1]);
            double[] expected = network.Evaluate(slice.Decode(t)), found = segment.At(t);
            for (int o = 0; o < expected.Length; o++)
                Assert.Equal(expected[o], found[o], 1e-11 * (1 + expected.Max(Math.Abs)));
            Assert.Equal(Array.IndexOf(expected, expected.Max()), segment.Classes[region]);
            // Between two images blank windows tie all the way, and rounding decides them in the forward pass.
            if (!isRandom || segment.LengthOf(region) < 1e-9)
                continue;
            Assert.Equal(segment.Code(region), new Linearization(network, slice.Decode(t)).Code());
            compared++;
        }
        Assert.True(compared >= 6 || !isRandom, $"{compared} codes compared");
    }

    [Fact]
    public void Halves_of_a_way_are_the_whole()
    {
        var partitioner = new SegmentPartitioner(LeNet.Load("clntrained"));
        var slice = Slice.Segment(Digits[0], Reflected(Digits[0], length: 0.5));
        SegmentPartition whole = partitioner.Cut(slice), left = partitioner.Cut(slice.WithDomain([0, 0.2])), right = partitioner.Cut(slice.WithDomain([0.2, slice.Domain[1]]));
        Assert.True(left.RegionCount > 100 && right.RegionCount > 100);
        Assert.Equal(whole.CodeHashes.ToArray(), (ulong[])[.. left.CodeHashes, .. right.CodeHashes[1..]]);
        Assert.Equal(whole.Creases.ToArray(), (int[])[.. left.Creases, .. right.Creases]);
    }

    // A random direction that stays inside the pixels' range.
    private static double[] Reflected(double[] from, double length)
    {
        var random = new RandomSource(7);
        double[] direction = [.. from.Select(x => random.Normal() is var y && (x + 0.1 * y < 0 || x + 0.1 * y > 1) ? -y : y)];
        double norm = Math.Sqrt(direction.Sum(y => y * y));
        return [.. from.Zip(direction, (x, y) => x + length * y / norm)];
    }
}
