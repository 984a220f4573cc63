using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Eccentricity and diameter of embedded cross-polytopes.</summary>
public sealed class HullDeformationTests
{
    [Fact]
    public void Golden_values()
    {
        var estimator = new LocalComplexityEstimator(SmallNetworks.Golden(0, 2, 8, 8, 3), new() { Radius = 0.25, GivenDirections = OrthonormalDirections.Of([1, 0, 0, 1], 2) });
        HullDeformation found = HullDeformation.Of(estimator, [[0.3, -0.2]]);
        Assert.Equal((0.707106781, 0.707106781), (Math.Round(found.InputEccentricity, 9), Math.Round(found.InputDiameter, 9)));
        Assert.Equal([2.105721971, 2.368718017, 0.679147694], found.Eccentricities.Select(layer => Math.Round(layer.Mean, 9)));
        Assert.Equal([2.105721971, 2.460251043, 0.685249063], found.Diameters.Select(layer => Math.Round(layer.Mean, 9)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-3.5)]
    public void Orthogonal_layers_keep_the_shape_and_scalars_scale_it(double scalar)
    {
        const int Size = 20;
        double[] rotation = [.. OrthonormalDirections.Random(Size, Size, 5).Values.ToArray().Select(value => scalar * value)];
        var builder = new NetworkBuilder("rotation");
        int h = builder.Add(new Dense(rotation, null, new Shape(Size)), builder.Input("x", new Shape(Size)));
        // Far from every crease the second layer sees the same rotated polytope.
        h = builder.Add(new Scaling(new Shape(Size), null, [100]), h);
        h = builder.Add(PiecewiseLinear.Relu(new Shape(Size)), h);
        h = builder.Add(new Dense(OrthonormalDirections.Random(Size, Size, 6).Values.ToArray(), null, new Shape(Size)), h);
        var estimator = new LocalComplexityEstimator(builder.Build(h), new() { Radius = 0.3, Directions = 9 });
        HullDeformation found = HullDeformation.Of(estimator, NaiveLocalComplexity.Points(6, Size, 3));
        double expected = 2 * Math.Sqrt(2) * 0.3;
        Assert.Equal(expected, found.InputEccentricity, 1e-12);
        Assert.Equal(expected, found.InputDiameter, 1e-12);
        Assert.Equal(2, found.Layers.Length);
        Assert.All(found.Eccentricities.Concat(found.Diameters), layer => Assert.Equal(Math.Abs(scalar) * expected, layer.Mean, 1e-9));
    }

    [Fact]
    public void Direct_edges_and_one_stop_are_shortest_paths()
    {
        Network network = SmallNetworks.Random(51, SmoothFunction.Gelu, 6, 12, 9, 4);
        var estimator = new LocalComplexityEstimator(network, new() { Radius = 0.8, Directions = 5 });
        double[] point = NaiveLocalComplexity.Points(1, 6, 4)[0];
        HullDeformation found = HullDeformation.Of(estimator, [point]);
        for (int l = 0; l < found.Layers.Length; l++)
        {
            double[] eccentricities = ByFloyd(estimator, point, estimator.Layers[l].Source);
            Assert.Equal(eccentricities.Average(), found.Eccentricities[l].Mean, 1e-9);
            Assert.Equal(eccentricities.Max(), found.Diameters[l].Mean, 1e-9);
        }
    }

    [Fact]
    public void One_direction_is_refused() => Assert.Contains("at least 2", Assert.Throws<ArgumentException>(
        () => HullDeformation.Of(new LocalComplexityEstimator(SmallNetworks.Golden(0, 2, 4, 1), new() { Directions = 1 }), [[0, 0]])).Message, StringComparison.Ordinal);

    private static double[] ByFloyd(LocalComplexityEstimator estimator, double[] point, int source)
    {
        OrthonormalDirections directions = estimator.DirectionsOf(0);
        int count = directions.Count, vertices = 2 * count;
        double[][] embedded = [.. Enumerable.Range(0, vertices).Select(v =>
        {
            double step = v < count ? estimator.Options.Radius : -estimator.Options.Radius;
            return estimator.Network.Values([.. point.Select((x, i) => x + step * directions.Values[v % count * point.Length + i])], 1)[source];
        })];
        var distances = new double[vertices, vertices];
        for (int v = 0; v < vertices; v++)
        {
            for (int u = 0; u < vertices; u++)
                distances[v, u] = u == v ? 0 : (u - v + vertices) % vertices == count ? double.PositiveInfinity : Math.Sqrt(embedded[v].Zip(embedded[u]).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
        }
        for (int k = 0; k < vertices; k++)
        {
            for (int v = 0; v < vertices; v++)
            {
                for (int u = 0; u < vertices; u++)
                    distances[v, u] = Math.Min(distances[v, u], distances[v, k] + distances[k, u]);
            }
        }
        return [.. Enumerable.Range(0, vertices).Select(v => Enumerable.Range(0, vertices).Max(u => distances[v, u]))];
    }
}
