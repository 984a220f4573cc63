using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Statistics of partitions whose regions can be written down.</summary>
public sealed class RegionStatisticsTests
{
    // Two creases, x = 0 and y = 0.5, cut the square [-1, 1]² into four rectangles.
    private static RegionStatistics Rectangles()
    {
        var builder = new NetworkBuilder("rectangles");
        int z = builder.Add(new Dense(new double[] { 1, 0, 0, 1 }, new double[] { 0, -0.5 }, new Shape(2)), builder.Input("x", new Shape(2)));
        Network network = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(2)), z));
        return RegionStatistics.Of(new PlanarPartitioner(network).Cut(Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Rectangles_have_the_areas_and_eccentricities_of_rectangles()
    {
        RegionStatistics statistics = Rectangles();
        Assert.Equal(4, statistics.Regions);
        Assert.Equal([4], statistics.RegionsPerLayer.ToArray());
        Assert.Equal((1, 0.5, 0.5, 1.5), (statistics.Area.Mean, Round(statistics.Area.Std), statistics.Area.Min, statistics.Area.Max));
        Assert.Equal((4, 0, 4, 4), (statistics.Vertices.Mean, statistics.Vertices.Std, statistics.Vertices.Min, statistics.Vertices.Max));
        // 1 x 0.5 and 1 x 1.5: diagonal over the shorter side.
        Assert.Equal(Math.Sqrt(3.25), statistics.Eccentricity.Min, 1e-9);
        Assert.Equal(Math.Sqrt(5), statistics.Eccentricity.Max, 1e-9);
    }

    [Fact]
    public void Slope_norm_counts_the_units_that_are_on()
    {
        RegionStatistics statistics = Rectangles();
        Assert.Equal((0, Math.Sqrt(2)), (statistics.SlopeNorm.Min, statistics.SlopeNorm.Max));
        Assert.Equal((2 + Math.Sqrt(2)) / 4, statistics.SlopeNorm.Mean, 1e-12);
    }

    [Fact]
    public void Centrality_is_the_distance_of_vertices_to_their_mean()
    {
        // Nine vertices at x, y in {-1, 0, 1} x {-1, 0.5, 1}; their mean is (0, 1/6).
        double[] expected = [.. from x in new[] { -1.0, 0, 1 } from y in new[] { -1, 0.5, 1 } select double.Hypot(x, y - 1.0 / 6)];
        RegionStatistics statistics = Rectangles();
        Assert.Equal(expected.Average(), statistics.Centrality.Mean, 1e-12);
        Assert.Equal(expected.Max(), statistics.Centrality.Max, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Mean_area_times_count_is_the_domain_and_means_lie_between_extremes(uint seed)
    {
        RegionStatistics statistics = RegionStatistics.Of(new PlanarPartitioner(SmallNetworks.Golden(seed, 2, 8, 8, 3)).Cut(Slice.Box(-2, 2, -2, 2)));
        Assert.Equal(16, statistics.Area.Mean * statistics.Regions, 1e-10);
        Assert.Equal(statistics.Regions, statistics.RegionsPerLayer[^1]);
        Assert.Equal(4, statistics.Vertices.Mean, 1e-12);
        foreach (Summary summary in new[] { statistics.Area, statistics.Eccentricity, statistics.Vertices, statistics.SlopeNorm, statistics.Centrality })
            Assert.True(summary.Min <= summary.Mean && summary.Mean <= summary.Max && summary.Std >= 0 && summary.Std <= summary.Max - summary.Min);
    }

    [Fact]
    public void Summary_of_nothing_is_zero_and_of_numbers_is_theirs()
    {
        Assert.Equal(default, Summary.Of([]));
        Assert.Equal(new Summary(2.5, Math.Sqrt(1.25), 1, 4), Summary.Of([4, 1, 3, 2]));
    }

    private static double Round(double value) => Math.Round(value, 12);
}
