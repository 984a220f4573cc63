using Crease.Certificates;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Minimal distances: known on paper, published goldens, and in order with certificates and samples.</summary>
public sealed class DistanceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Coincident_creases_do_not_stop_the_search(bool isTwin)
    {
        Network network = isTwin ? KnownNetworks.TwinDiamond() : KnownNetworks.Diamond();
        Check(network, [0, 0], 2, (Math.Sqrt(0.5), 0.5, 1));
        // The four quadrants, which all meet at the center of the ball.
        Partition around = new PlanarPartitioner(network).Cut(Slice.Box(-0.6, 0.6, -0.6, 0.6));
        Assert.Equal(4, around.RegionCount);
    }

    [Fact]
    public void A_fold_in_one_dimension_is_passed()
    {
        Check(KnownNetworks.Fold(), [0.25], 2, (0.75, 0.75, 0.75));
        Assert.Equal([0.0], new SegmentPartitioner(KnownNetworks.Fold()).Cut(Slice.Of([0], [1], [-2, 2])).Breakpoints.ToArray());
    }

    [Theory]
    [InlineData(0, "2-8-8-3", .339107935, .256700937)]
    [InlineData(1, "2-8-8-3", 1.204108139, .877693946)]
    [InlineData(2, "2-8-8-3", 1.392313250, 1.323069708)]
    [InlineData(3, "2-6-6-1", .066935964, .050287340)]
    [InlineData(4, "2-6-6-1", .912545673, .683821506)]
    [InlineData(3, "2-5-5-5-5-1", .253892657, .223742011)]
    [InlineData(4, "2-5-5-5-5-1", 1.014515508, .841320382)]
    public void Distances_of_golden_networks_are_those_of_the_enumerated_boundary(uint seed, string widths, double two, double infinity)
    {
        Network network = SmallNetworks.Golden(seed, [.. widths.Split('-').Select(int.Parse)]);
        foreach ((DistanceNorm norm, double expected) in new[] { (DistanceNorm.L2, two), (DistanceNorm.Linf, infinity) })
        {
            MinimalDistance found = MinimalDistance.Of(network, [.3, -.2], norm, new InputRegion([-2, -2], [2, 2]));
            Assert.Equal(Status.Complete, found.Status);
            Assert.InRange(found.Lower, expected - 2e-8, expected + 2e-8);
            Assert.InRange(found.Upper, expected - 2e-8, expected + 2e-8);
        }
    }

    [Theory]
    [InlineData(0, .3, -.2, false, new[] { .054172864, .042445003, .054437949 }, new[] { .383990037, .283912953, .434936453 })]
    [InlineData(1, 1.0, .7, true, new[] { .151302552, .106990043, .212394089 }, new[] { .094349277, .067089111, .121313163 })]
    public void One_region_certificates_are_the_golden_ones(uint seed, double x, double y, bool isExact, double[] creases, double[] boundary)
    {
        Network network = SmallNetworks.Golden(seed, 2, 8, 8, 3);
        DistanceNorm[] norms = [DistanceNorm.L2, DistanceNorm.Linf, DistanceNorm.L1];
        for (int i = 0; i < 3; i++)
        {
            OneRegionCertificate found = OneRegionCertificate.At(network, [x, y], norms[i]);
            Assert.Equal((creases[i], boundary[i], isExact), (Math.Round(found.Creases, 9), Math.Round(found.Boundary, 9), found.IsExact));
        }
    }

    [Fact]
    public void Certificates_are_at_most_the_distance_and_that_at_most_any_sample()
    {
        // Searches end by their tolerance, or after as many boxes as a clock of steps allows.
        int complete = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            int inputs = 2 + (int)(seed % 2);
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, inputs, 8, 6, 3);
            double[] center = new double[inputs];
            InputRegion box = InputRegion.Around(center, 1);
            var random = new RandomSource(seed);
            int predicted = Margins.Predicted(network.Evaluate(center));
            foreach (DistanceNorm norm in DistanceNorm.All)
            {
                MinimalDistance found = MinimalDistance.Of(network, center, norm, box, 1e-4, 5, new RunContext { Clock = new SteppingClock() });
                double certificate = OneRegionCertificate.At(network, center, norm).Bound;
                complete += found.Status == Status.Complete ? 1 : 0;
                Assert.True(found.Lower <= found.Upper);
                Assert.True(certificate <= found.Upper * (1 + 1e-9), $"seed {seed}: {certificate} against {found.Upper}");
                for (int sample = 0; sample < 200; sample++)
                {
                    double[] point = [.. center.Select(_ => random.Uniform(-1, 1))];
                    if (Margins.Predicted(network.Evaluate(point)) != predicted)
                        Assert.True(found.Lower <= norm.Of(point) * (1 + 1e-12), $"seed {seed}: {found.Lower} against a sample at {norm.Of(point)}");
                }
            }
        }
        Assert.True(complete >= 120, $"{complete} of 180 searches came to their end");
    }

    private static void Check(Network network, double[] input, double radius, (double L2, double Linf, double L1) expected)
    {
        InputRegion box = InputRegion.Around(new double[input.Length], radius);
        foreach ((DistanceNorm norm, double distance) in new[] { (DistanceNorm.L2, expected.L2), (DistanceNorm.Linf, expected.Linf), (DistanceNorm.L1, expected.L1) })
        {
            MinimalDistance found = MinimalDistance.Of(network, input, norm, box);
            Assert.Equal(Status.Complete, found.Status);
            Assert.InRange(found.Lower, distance * (1 - 1e-7), distance * (1 + 1e-12));
            Assert.InRange(found.Upper, distance * (1 - 1e-12), distance * (1 + 1e-7));
        }
    }
}
