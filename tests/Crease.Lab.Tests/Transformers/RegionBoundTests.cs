using System.Numerics;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>The bound on regions against exact partitions of one hidden layer.</summary>
public sealed class RegionBoundTests
{
    [Fact]
    public void A_line_has_one_region_more_than_distinct_kinks()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var random = new RandomSource(seed);
            // Few different numbers: some kinks coincide, and some units have none.
            double[] weights = [.. Enumerable.Range(0, 9).Select(_ => random.Index(5) - 2.0)], biases = [.. Enumerable.Range(0, 9).Select(_ => random.Index(7) - 3.0)];
            Network network = SmallNetworks.Dense("line", [1, 9, 1], (inputs, outputs) => outputs == 9 ? (weights, biases) : ([.. Enumerable.Range(0, 9).Select(unit => 1.0 + unit)], [0]), PiecewiseLinear.Relu);
            int kinks = weights.Zip(biases, (slope, offset) => slope == 0 ? double.NaN : -offset / slope + 0.0).Where(double.IsFinite).Distinct().Count();
            int regions = new SegmentPartitioner(network).Cut(Slice.Segment([-10], [10])).RegionCount;
            Assert.Equal(1 + kinks, regions);
            Assert.True(regions <= RegionBound.Of(9, 1));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(10)]
    public void A_plane_has_at_most_the_bound_and_reaches_it_where_all_creases_cross_inside(int units)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var random = new RandomSource(seed);
            (double[] Weights, double[] Bias) Draw(int inputs, int outputs) => ([.. Enumerable.Range(0, inputs * outputs).Select(_ => random.Normal())], [.. Enumerable.Range(0, outputs).Select(_ => random.Normal())]);
            var planes = new PlanarPartitioner(SmallNetworks.Dense("plane", [2, units, 1], Draw, PiecewiseLinear.Relu));
            BigInteger bound = RegionBound.Of(units, 2);
            Assert.True(planes.Cut(Slice.Box(-1, 1, -1, 1)).RegionCount <= bound);
            Assert.Equal(bound, planes.Cut(Slice.Box(-1e5, 1e5, -1e5, 1e5)).RegionCount);
        }
    }
}
