using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Intervals contain relaxed bounds, and both contain every value.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void A_difference_of_equal_units_has_the_limits_of_its_lower_slopes(double slope, double limit)
    {
        var graph = new BoundGraph(KnownNetworks.Zero());
        var finder = new RangeFinder(graph, new ErrorSizes(graph.Sizes.Length), 4);
        Ranges ranges = finder.Root(new InputRegion([-1], [1]), relaxed: true, TestContext.Current.CancellationToken);
        Assert.Equal((-1, 1), (Math.Round(ranges.Lower[graph.Output][0], 12), Math.Round(ranges.Upper[graph.Output][0], 12)));
        int relu = Enumerable.Range(0, graph.Sizes.Length).Single(n => graph.Piecewise[n] is not null);
        finder.Rows.Slopes[relu] = [slope, slope, slope, slope];
        finder.Rows.RowsAt(graph.Output)[0] = 1;
        finder.Rows.RowsAt(graph.Output)[1] = -1;
        var bounds = new double[2];
        finder.Rows.Lower(graph.Output, 2, [0, 0], [ranges, ranges], bounds);
        Assert.Equal([-limit, -limit], bounds.Select(bound => Math.Round(bound, 12)));
        Ranges half = finder.Within(ranges, [0], [1]);
        finder.Rows.Slopes[relu] = null;
        finder.Rows.RowsAt(graph.Output)[0] = 1;
        finder.Rows.Lower(graph.Output, 1, [0], [half], bounds);
        Assert.InRange(bounds[0], -1e-12, 0);
    }

    [Fact]
    public void Limits_contain_the_exact_values_of_sampled_inputs()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            Func<Shape, Layer> activation = (seed % 4) switch
            {
                0 => PiecewiseLinear.Relu,
                1 => PiecewiseLinear.AbsoluteValue,
                2 => shape => PiecewiseLinear.LeakyRelu(shape, 0.1),
                _ => shape => PiecewiseLinear.Clip(shape, -0.3, 0.4),
            };
            Network network = SmallNetworks.Random(seed, activation, 3, 8, 8, 4);
            var graph = new BoundGraph(network);
            var random = new RandomSource(seed);
            double[] center = [random.Uniform(-1, 1), random.Uniform(-1, 1), random.Uniform(-1, 1)];
            // From wide boxes to single points, where nothing but the error terms is left.
            foreach (double radius in (double[])[1, 1e-2, 1e-9, 0])
            {
                InputRegion region = InputRegion.Around(center, radius);
                Ranges intervals = new RangeFinder(graph, new ErrorSizes(graph.Sizes.Length), 16).Root(region, relaxed: false, TestContext.Current.CancellationToken);
                var finder = new RangeFinder(graph, new ErrorSizes(graph.Sizes.Length), 16);
                Ranges relaxed = finder.Root(region, relaxed: true, TestContext.Current.CancellationToken);
                for (int sample = 0; sample < 20; sample++)
                {
                    double[] point = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp(sample < 8 ? (sample >> i & 1) == 0 ? region.Lower[i] : region.Upper[i] : random.Uniform(region.Lower[i], region.Upper[i]), region.Lower[i], region.Upper[i]))];
                    Dyadic[][] exact = ExactValues.Of(network, point);
                    for (int n = 0; n < exact.Length; n++)
                    {
                        for (int i = 0; i < exact[n].Length; i++)
                        {
                            Assert.True((exact[n][i] - relaxed.Lower[n][i]).Sign >= 0 && ((Dyadic)relaxed.Upper[n][i] - exact[n][i]).Sign >= 0, $"seed {seed}, radius {radius}, node {n}, unit {i}");
                            Assert.True((exact[n][i] - intervals.Lower[n][i]).Sign >= 0 && ((Dyadic)intervals.Upper[n][i] - exact[n][i]).Sign >= 0, $"seed {seed}, radius {radius}, node {n}, unit {i}");
                        }
                    }
                    Functional(finder, relaxed, exact[^1], random);
                }
                foreach (int n in graph.Bounded)
                {
                    for (int i = 0; i < graph.Sizes[n]; i++)
                        Assert.True(intervals.Lower[n][i] <= relaxed.Lower[n][i] + 1e-9 && relaxed.Upper[n][i] <= intervals.Upper[n][i] + 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Numbers_that_overflow_prove_nothing()
    {
        Network network = KnownNetworks.Chain(1, ([1e200, -1e200], [0, 0]), ([1e200, 1e200, -1e200, 1e200], [0, 0]), ([1, 1], [1]));
        var property = new SafetyProperty("overflow", 1, 1, [new PropertyCase(new InputRegion([-1e10], [1e10]), [[new OutputConstraint([1], 0)]])]);
        Verification found = new PropertyVerifier(network).Decide(property, new VerificationOptions { TimeLimit = 20, MostDomains = 500, Starts = 3 });
        Assert.Equal(Verdict.Unknown, found.Verdict);
        Assert.NotEqual("", found.Reason);
    }

    private static void Functional(RangeFinder finder, Ranges ranges, Dyadic[] outputs, RandomSource random)
    {
        var row = new double[outputs.Length];
        Dyadic value = 0.0;
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = random.Normal();
            value += row[i] * outputs[i];
        }
        var bounds = new double[1];
        row.CopyTo(finder.Rows.RowsAt(finder.Rows.Graph.Output), 0);
        finder.Rows.Lower(finder.Rows.Graph.Output, 1, [0], [ranges], bounds);
        Assert.True((value - bounds[0]).Sign >= 0);
    }
}
