using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Published numbers of regions of one hidden layer: E[R] = 1 + n p_hit + C(n, 2) p_cross (specification section 8, G11).</summary>
public sealed class PublishedCountsTests
{
    [Theory]
    [InlineData(2, 460, 35_800)]
    [InlineData(2, 710, 85_000)]
    [InlineData(2002, 460, 29_900)]
    public void One_layer_has_the_published_mean(int inputs, int width, double expected)
    {
        double mean = Enumerable.Range(0, 10).Average(seed => (double)Regions(inputs, width, (ulong)seed));
        double hit = inputs == 2 ? 0.8334 : 0.7576, cross = inputs == 2 ? 0.33544 : 0.27952, formula = 1 + width * hit + width * (width - 1.0) / 2 * cross;
        Assert.Equal(expected, formula, 0.01 * expected);
        Assert.Equal(formula, mean, 0.05 * formula);
    }

    [Fact]
    public void The_widest_published_layer_is_cut()
    {
        Assert.Equal(155_200, Regions(2, 960, 1), 4 * 3_600.0);
    }

    // Weights and biases uniform in ±1/√inputs; a square of side 2 around the origin, at a random place of input space.
    private static int Regions(int inputs, int width, ulong seed)
    {
        var random = new RandomSource(1000 * seed + (ulong)(inputs + width));
        double limit = 1 / Math.Sqrt(inputs);
        double[] weights = new double[inputs * width], bias = new double[width];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = random.Uniform(-limit, limit);
        for (int i = 0; i < width; i++)
            bias[i] = random.Uniform(-limit, limit);
        var builder = new NetworkBuilder("published");
        int at = builder.Add(new Dense(weights, bias, new Shape(inputs)), builder.Input("x", new Shape(inputs)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(width)), at);
        Network network = builder.Build(builder.Add(new Dense(Enumerable.Repeat(1.0, width).ToArray(), null, new Shape(width)), at));
        return new PlanarPartitioner(network).Cut(Slice.Around(new double[inputs], random, 1)).RegionCount;
    }
}
