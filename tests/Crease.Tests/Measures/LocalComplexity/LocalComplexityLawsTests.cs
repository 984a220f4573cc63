using System.Collections.Concurrent;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Closed forms, laws, golden values and published values of local complexity.</summary>
public sealed class LocalComplexityLawsTests
{
    private static readonly ConcurrentDictionary<string, double[][]> Loaded = new();
    private static readonly OrthonormalDirections Axes = OrthonormalDirections.Of([1, 0, 0, 1], 2);

    [Fact]
    public void First_layer_is_its_closed_form()
    {
        Network network = SmallNetworks.Random(31, PiecewiseLinear.Relu, 30, 40, 20, 5);
        var dense = (Dense)network.Nodes[1].Layer;
        double[][] points = NaiveLocalComplexity.Points(60, 30, 6);
        int crossed = 0;
        foreach (double radius in new[] { 0.01, 0.2, 2 })
        {
            var estimator = new LocalComplexityEstimator(network, new() { Radius = radius, Directions = 12 });
            OrthonormalDirections directions = estimator.DirectionsOf(0);
            LocalComplexity found = estimator.Measure(points);
            for (int s = 0; s < points.Length; s++)
            {
                int expected = Enumerable.Range(0, 40).Count(k =>
                {
                    double h = dense.Bias!.Values[k] + Dot(dense.Weights.Values.Slice(30 * k, 30), points[s]), largest = 0;
                    for (int p = 0; p < 12; p++)
                        largest = Math.Max(largest, Math.Abs(Dot(dense.Weights.Values.Slice(30 * k, 30), directions.Values.Slice(30 * p, 30))));
                    return largest > 0 && Math.Abs(h) <= radius * largest;
                });
                Assert.Equal(expected, found.Count(s, 0));
                crossed += expected;
            }
        }
        Assert.InRange(crossed, 100, 3 * 60 * 40 - 100);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(25)]
    [InlineData(200)]
    public void Every_unit_of_a_linear_network_without_biases_counts_at_the_origin(int directions)
    {
        var random = new RandomSource(2);
        Network network = SmallNetworks.Dense("linear", [784, .. Enumerable.Repeat(400, 50)], (inputs, outputs) => (GraphNetworks.Normals(random, inputs * outputs, 1 / Math.Sqrt(inputs)), new double[outputs]), shape => PiecewiseLinear.LeakyRelu(shape, 1));
        foreach (double radius in new[] { 1e-4, 0.05, 10 })
        {
            LocalComplexity found = new LocalComplexityEstimator(network, LocalComplexityOptions.PublishedMlp with { Radius = radius, Directions = directions }).Measure([new double[784]]);
            Assert.Equal((50, 20_000), (found.Layers.Length, found.Total(0)));
        }
    }

    [Fact]
    public void First_layer_counts_grow_with_radius_and_nested_directions_and_do_not_see_row_scales()
    {
        Network network = SmallNetworks.Random(32, PiecewiseLinear.Relu, 12, 50, 3), scaled = Scaled(network);
        double[][] points = NaiveLocalComplexity.Points(40, 12, 7);
        double[] radii = [0.05, 0.2, 0.8, 3];
        int[] directions = [1, 2, 5, 12], last = new int[points.Length];
        foreach (double radius in radii)
            last = Grows(last, First(network, radius, 5));
        last = new int[points.Length];
        foreach (int count in directions)
            last = Grows(last, First(network, 0.3, count));
        Assert.Equal(First(network, 0.3, 5), First(scaled, 0.3, 5));
        Assert.True(last.Sum() > 0);

        int[] First(Network of, double radius, int count) => Layer(new LocalComplexityEstimator(of, new() { Radius = radius, Directions = count, Seed = 9 }).Measure(points), 0);

        static int[] Grows(int[] before, int[] after)
        {
            Assert.All(before.Zip(after), pair => Assert.True(pair.First <= pair.Second));
            return after;
        }
    }

    [Fact]
    public void Random_directions_are_orthonormal_and_nested()
    {
        OrthonormalDirections few = OrthonormalDirections.Random(40, 7, 3), many = OrthonormalDirections.Random(40, 40, 3);
        Assert.Equal(few.Values.ToArray(), many.Take(7).Values.ToArray());
        Assert.Equal(many.Count, OrthonormalDirections.Of(many.Values, 40).Count);
        Assert.NotEqual(few.Values[0], OrthonormalDirections.Random(40, 7, 4).Values[0]);
    }

    [Fact]
    public void A_zero_beside_a_nonzero_is_a_change_and_zeros_alone_are_none()
    {
        var builder = new NetworkBuilder("zeros");
        int h = builder.Add(new Dense(new double[] { 1, 0, 0, 0 }, null, new Shape(2)), builder.Input("x", new Shape(2)));
        int relu = builder.Add(PiecewiseLinear.Relu(new Shape(2)), h);
        Network network = builder.Build(builder.Add(new Dense(new double[] { 1, 1 }, null, new Shape(2)), relu));
        var estimator = new LocalComplexityEstimator(network, new() { Radius = 0.5, GivenDirections = Axes });
        LocalComplexity found = estimator.Measure([[0.5, 3], [0.75, 3], [0, 0], [-1, 0]]);
        Assert.Equal([1, 0, 1, 0], Layer(found, 0));
        Assert.Equal([1, 0, 1, 0], Layer(found, 1));
    }

    [Fact]
    public void Leaky_networks_fold_more_at_the_origin_than_far_out_saturate_in_directions_and_grow_in_radius()
    {
        var random = new RandomSource(12);
        Network network = SmallNetworks.Dense("leaky", [784, .. Enumerable.Repeat(100, 18)], (inputs, outputs) =>
        {
            double bound = 1 / Math.Sqrt(inputs);
            return ([.. Enumerable.Range(0, inputs * outputs).Select(_ => random.Uniform(-bound, bound))], [.. Enumerable.Range(0, outputs).Select(_ => random.Uniform(-bound, bound))]);
        }, shape => PiecewiseLinear.LeakyRelu(shape, 0.01));
        double[] origin = new double[784], far = [.. Enumerable.Repeat(10.0, 784)];
        Assert.True(Total(0.5, 25, origin) > Total(0.5, 25, far));
        int[] byRadius = [.. new[] { 0.05, 0.5, 5 }.Select(radius => Total(radius, 25, origin))];
        Assert.Equal(byRadius.Order(), byRadius);
        Assert.True(byRadius[0] < byRadius[2]);
        int[] byDirections = [.. new[] { 2, 25, 100, 200 }.Select(count => Total(0.5, count, origin))];
        Assert.True(byDirections[3] - byDirections[2] < byDirections[1] - byDirections[0], string.Join(' ', byDirections));

        int Total(double radius, int count, double[] at) => new LocalComplexityEstimator(network, new() { Radius = radius, Directions = count }).Measure([at]).Total(0);
    }

    [Theory]
    [InlineData(4.9, 0.5, 4.9, 0.5, 3.1, 0.4)]
    public void Initial_values_on_mnist_are_the_published_ones(double train, double trainWithin, double test, double testWithin, double random, double randomWithin)
    {
        Network network = ComplexityBenchmark.Network(1, 784, 200, 200, 200, 10);
        var estimator = new LocalComplexityEstimator(network, LocalComplexityOptions.PublishedMlp);
        Assert.InRange(Mean(Mnist("train-images-idx3-ubyte.gz")), train - trainWithin, train + trainWithin);
        Assert.InRange(Mean(Mnist("t10k-images-idx3-ubyte.gz")), test - testWithin, test + testWithin);
        Assert.InRange(Mean([.. Enumerable.Range(0, 1000).Select(i => Uniform(784, (ulong)i))]), random - randomWithin, random + randomWithin);

        double Mean(double[][] points) => estimator.Measure(points).Totals.Mean;
    }

    [Theory]
    [InlineData(2, 2.25, 2.11)]
    [InlineData(3, 4.18, 4.06)]
    [InlineData(4, 6.31, 6.14)]
    [InlineData(5, 8.40, 8.15)]
    [InlineData(6, 10.6, 10.2)]
    public void Large_initializations_on_mnist_fold_with_depth_as_published(int depth, double train, double test)
    {
        double[][] trained = Mnist("train-images-idx3-ubyte.gz"), tested = Mnist("t10k-images-idx3-ubyte.gz");
        const int Networks = 4;
        double onTrained = 0, onTested = 0;
        for (ulong seed = 0; seed < Networks; seed++)
        {
            Network network = Multiplied(ComplexityBenchmark.Network(seed, [784, .. Enumerable.Repeat(200, depth - 1), 10]), 8);
            var estimator = new LocalComplexityEstimator(network, LocalComplexityOptions.PublishedMlp);
            onTrained += estimator.Measure(trained).Totals.Mean / Networks;
            onTested += estimator.Measure(tested).Totals.Mean / Networks;
        }
        Assert.InRange(onTrained / train, 0.85, 1.15);
        Assert.InRange(onTested / test, 0.85, 1.15);
    }

    [Fact]
    public void Diamonds_hold_as_many_lines_as_counted_and_one_more_region_than_lines_and_crossings()
    {
        Network network = SmallNetworks.Golden(6, 2, 12, 2);
        var partitioner = new PlanarPartitioner(network);
        double[][] points = NaiveLocalComplexity.Points(50, 2, 8);
        int crossings = 0;
        foreach (double radius in new[] { 0.1, 0.5, 1.5 })
        {
            LocalComplexity found = new LocalComplexityEstimator(network, new() { Radius = radius, GivenDirections = Axes }).Measure(points);
            for (int s = 0; s < points.Length; s++)
            {
                DiamondCount exact = DiamondCount.Of(partitioner, points[s], Axes, radius);
                Assert.Equal(found.Count(s, 0), exact.Units[0]);
                Assert.Equal(1 + exact.Units[0] + exact.Crossings, exact.Regions);
                crossings += exact.Crossings;
            }
        }
        Assert.True(crossings > 20);
    }

    [Fact]
    public void Random_diamonds_of_high_dimension_agree_in_the_first_layer()
    {
        Network network = SmallNetworks.Random(40, PiecewiseLinear.Relu, 15, 30, 10, 3);
        var partitioner = new PlanarPartitioner(network);
        var estimator = new LocalComplexityEstimator(network, new() { Radius = 0.5, Directions = 2 });
        double[][] points = NaiveLocalComplexity.Points(20, 15, 9);
        LocalComplexity found = estimator.Measure(points);
        Assert.Equal(Layer(found, 0), points.Select(point => DiamondCount.Of(partitioner, point, estimator.DirectionsOf(0), 0.5).Units[0]));
        Assert.True(found.LayerMeans[0].Mean > 1);
    }

    [Fact]
    public void Layers_add_up_with_logits_or_without()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        double[][] points = NaiveLocalComplexity.Points(30, 2, 10);
        LocalComplexity without = new LocalComplexityEstimator(network, new() { Directions = 2, Radius = 0.4 }).Measure(points);
        LocalComplexity with = new LocalComplexityEstimator(network, new() { Directions = 2, Radius = 0.4, IncludeLogits = true }).Measure(points);
        Assert.Equal(without.LayerMeans[..^1].Sum(layer => layer.Mean), without.Totals.Mean, 1e-12);
        Assert.Equal(with.LayerMeans.Sum(layer => layer.Mean), with.Totals.Mean, 1e-12);
        Assert.True(with.LayerMeans[^1].Mean > 0);
    }

    [Fact]
    public void Same_seed_gives_the_same_counts_for_any_number_of_threads()
    {
        Network network = ComplexityBenchmark.Network(3, 60, 40, 40, 10);
        double[][] points = [.. Enumerable.Range(0, 333).Select(i => Uniform(60, (ulong)i))];
        foreach (DirectionSharing sharing in Enum.GetValues<DirectionSharing>())
        {
            var options = new LocalComplexityOptions { Sharing = sharing, Seed = 5, Radius = 0.3 };
            int[] one = Counts(1);
            Assert.Equal(one, Counts(4));
            Assert.Equal(one, Counts(3));
            Assert.NotEqual(one, [.. new LocalComplexityEstimator(network, options with { Seed = 6 }).Measure(points).Counts]);

            int[] Counts(int threads) => [.. new LocalComplexityEstimator(network, options).Measure(points, RunContext.Default with { Threads = threads }).Counts];
        }
    }

    [Fact]
    public void Seeds_of_directions_hardly_move_the_mean()
    {
        Network network = ComplexityBenchmark.Network(4, 784, 200, 200, 200, 10);
        double[][] points = [.. Enumerable.Range(0, 400).Select(i => Uniform(784, (ulong)i))];
        DirectionSeeds seeds = DirectionSeeds.Of(network, points, LocalComplexityOptions.Default, 10);
        Assert.Equal(10, seeds.Means.Distinct().Count());
        Assert.InRange(seeds.Spread.StandardError, 1e-9, 0.03 * seeds.Spread.Mean);
    }

    [Theory]
    [InlineData(0, "2-8-8-3", "3 2 2")]
    [InlineData(1, "2-8-8-3", "0 1 1")]
    [InlineData(2, "2-8-8-3", "2 2 0")]
    [InlineData(4, "2-8-8-3", "1 2 0")]
    [InlineData(0, "2-5-5-5-5-1", "0 2 3 1 0")]
    [InlineData(1, "2-5-5-5-5-1", "1 0 0 0 0")]
    [InlineData(2, "2-5-5-5-5-1", "4 0 1 2 0")]
    [InlineData(3, "2-5-5-5-5-1", "2 0 0 0 0")]
    [InlineData(4, "2-5-5-5-5-1", "2 1 1 0 0")]
    public void Golden_counts_per_layer(uint seed, string widths, string expected)
    {
        Network network = SmallNetworks.Golden(seed, [.. widths.Split('-').Select(int.Parse)]);
        LocalComplexity found = new LocalComplexityEstimator(network, new() { Radius = 0.25, GivenDirections = Axes }).Measure([[0.3, -0.2]]);
        Assert.Equal(expected, string.Join(' ', found.Counts.ToArray()));
    }

    [Fact]
    public void Wrong_options_and_samples_are_refused_by_name()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        Assert.Contains("1 to 2 orthonormal", Assert.Throws<ArgumentException>(() => new LocalComplexityEstimator(network)).Message, StringComparison.Ordinal);
        string both = Assert.Throws<ArgumentException>(() => new LocalComplexityEstimator(network, new() { Radius = 0, Directions = 3 })).Message;
        Assert.True(both.Contains("'Radius'", StringComparison.Ordinal) && both.Contains("'Directions'", StringComparison.Ordinal), both);
        var estimator = new LocalComplexityEstimator(network, new() { Directions = 2 });
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => estimator.Measure([])).Message, StringComparison.Ordinal);
        Assert.Contains("Sample 1 has 3", Assert.Throws<ArgumentException>(() => estimator.Measure([[0, 0], [1, 2, 3]])).Message, StringComparison.Ordinal);
        Assert.Contains("NaN at index 1", Assert.Throws<ArgumentException>(() => estimator.Measure([[0, double.NaN]])).Message, StringComparison.Ordinal);
        Assert.Contains("overflow", Assert.Throws<InvalidOperationException>(() => estimator.Measure([[1e308, -1e308]])).Message, StringComparison.Ordinal);
        Assert.Contains("orthonormal", Assert.Throws<ArgumentException>(() => OrthonormalDirections.Of([1, 0, 1, 1], 2)).Message, StringComparison.Ordinal);
    }

    private static double[][] Mnist(string file) => Loaded.GetOrAdd(file, name => [.. DataSource.Load(SharedData.Path("mnist", name)).Inputs.Take(1000)]);

    private static int[] Layer(LocalComplexity found, int layer) => [.. Enumerable.Range(0, found.Samples).Select(s => found.Count(s, layer))];

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double[] Uniform(int inputs, ulong seed)
    {
        var random = new RandomSource(seed + 1000);
        return [.. Enumerable.Range(0, inputs).Select(_ => random.Uniform())];
    }

    private static Network Multiplied(Network network, double factor) => Rebuilt(network, (_, _) => factor);

    private static Network Scaled(Network network) => Rebuilt(network, (node, row) => node == 1 ? Math.ScaleB(1, row % 7 - 3) : 1);

    private static Network Rebuilt(Network network, Func<int, int, double> factor)
    {
        var builder = new NetworkBuilder(network.Name);
        int at = builder.Input("x", network.InputShape);
        foreach (Node node in network.Nodes.Skip(1))
        {
            at = node.Layer is Dense dense
                ? builder.Add(new Dense(
                    (double[])[.. dense.Weights.Values.ToArray().Select((w, i) => w * factor(node.Index, i / dense.Inputs))],
                    (double[])[.. dense.Bias!.Values.ToArray().Select((b, i) => b * factor(node.Index, i))],
                    node.Layer.InputShapes[0]), at)
                : builder.Add(node.Layer, at);
        }
        return builder.Build(at);
    }
}
