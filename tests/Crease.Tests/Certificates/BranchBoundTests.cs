using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Limits and bounds on the parts that decisions of units make: sound in exact arithmetic, and never worse than without steps.</summary>
public sealed class BranchBoundTests
{
    [Fact]
    public void Limits_under_decisions_contain_the_exact_values_of_all_inputs_that_keep_them()
    {
        (int kept, int moved) = (0, 0);
        for (ulong seed = 0; seed < 24; seed++)
        {
            Network network = SmallNetworks.Random(seed, seed % 3 == 0 ? shape => PiecewiseLinear.LeakyRelu(shape, 0.1) : PiecewiseLinear.Relu, 3, 9, 8, 7, 3);
            var random = new RandomSource(seed + 100);
            var region = new InputRegion([-1, -1, -1], [1, 1, 1]);
            var graph = new BoundGraph(network);
            var sizes = new ErrorSizes(graph.Sizes.Length);
            Ranges root = new RangeFinder(graph, sizes, 16).Root(region, relaxed: true, TestContext.Current.CancellationToken);
            var domain = new UnitDomain { Ranges = root, Targets = [new RelaxedBranch { Ranges = root, Row = [1, -1, 0.5], Constant = 0.25 }] };
            // The sides on which one input lies, so that no part is empty, at kinks and elsewhere.
            double[] witness = [random.Uniform(-1, 1), random.Uniform(-1, 1), random.Uniform(-1, 1)];
            Dyadic[][] values = ExactValues.Of(network, witness);
            int[] hinges = [.. Enumerable.Range(0, graph.Sizes.Length).Where(n => graph.Piecewise[n] is not null)];
            for (int d = 0; d < 5; d++)
            {
                int node = hinges[d % hinges.Length], unit = random.Index(graph.Sizes[node]);
                double at = d < 3 ? 0 : random.Uniform(-0.3, 0.3);
                domain = domain.Side(graph, new UnitSplit(node, unit, at), (values[graph.InputsOf(node)[0]][unit] - at).Sign >= 0);
            }
            var ascent = new BoundAscent(graph, sizes, 8);
            foreach (int steps in (int[])[0, 10])
            {
                Ranges ranges = new RangeAscent(graph) { Steps = steps }.Tighter([ascent], domain.Ranges, domain.Decisions, 0, () => false);
                Assert.False(ranges.IsEmpty);
                var target = new RelaxedBranch { Ranges = ranges, Row = [1, -1, 0.5], Constant = 0.25, Decisions = [.. domain.Decisions] };
                ascent.Raise(graph.Output, [target], 3 * steps, double.PositiveInfinity);
                moved += graph.Bounded.Sum(n => Enumerable.Range(0, graph.Sizes[n]).Count(i => ranges.Lower[n][i] > domain.Ranges.Lower[n][i]));
                for (int sample = 0; sample < 60; sample++)
                {
                    double spread = sample == 0 ? 0 : sample < 40 ? 0.2 : 2;
                    double[] point = [.. witness.Select(x => Math.Clamp(x + random.Uniform(-spread, spread), -1, 1))];
                    Dyadic[][] exact = ExactValues.Of(network, point);
                    if (!domain.Decisions.All(decision => Keeps(exact[graph.InputsOf(decision.Node)[0]][decision.Unit], decision)))
                        continue;
                    kept++;
                    foreach (int n in graph.Bounded)
                    {
                        for (int i = 0; i < graph.Sizes[n]; i++)
                            Assert.True((exact[n][i] - ranges.Lower[n][i]).Sign >= 0 && ((Dyadic)ranges.Upper[n][i] - exact[n][i]).Sign >= 0, $"seed {seed}, steps {steps}, node {n}, unit {i}");
                    }
                    Dyadic value = exact[graph.Output][0] - exact[graph.Output][1] + (Dyadic)0.5 * exact[graph.Output][2] + 0.25;
                    Assert.True((value - target.Bound).Sign >= 0, $"seed {seed}, steps {steps}: {target.Bound}");
                }
            }
        }
        Assert.True(kept > 500 && moved > 200, $"{kept} inputs kept their decisions, {moved} limits moved");

        static bool Keeps(Dyadic value, UnitDecision decision) =>
            (!double.IsFinite(decision.Lower) || (value - decision.Lower).Sign >= 0) && (!double.IsFinite(decision.Upper) || ((Dyadic)decision.Upper - value).Sign >= 0);
    }

    [Fact]
    public void Limits_under_a_premise_contain_the_exact_values_of_all_inputs_that_keep_it()
    {
        (int kept, int moved) = (0, 0);
        for (ulong seed = 0; seed < 16; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 3, 9, 8, 7, 3);
            var random = new RandomSource(seed + 300);
            var graph = new BoundGraph(network);
            var sizes = new ErrorSizes(graph.Sizes.Length);
            Ranges root = new RangeFinder(graph, sizes, 16).Root(new InputRegion([-1, -1, -1], [1, 1, 1]), relaxed: true, TestContext.Current.CancellationToken);
            double[][] points = [.. Enumerable.Range(0, 60).Select(_ => (double[])[random.Uniform(-1, 1), random.Uniform(-1, 1), random.Uniform(-1, 1)])];
            Dyadic[][][] exact = [.. points.Select(point => ExactValues.Of(network, point))];
            // At most 0 at a tenth of the inputs, or nearly.
            double[] values = [.. points.Select(point => Value(network.Evaluate(point))).Order()];
            double constant = -values[6];
            var ascent = new BoundAscent(graph, sizes, 8);
            var premise = new RelaxedBranch { Ranges = root, Row = [0.7, -1.1, 0.3], Constant = constant, Span = 0.5 };
            Ranges ranges = new RangeAscent(graph) { Steps = 25 }.Tighter([ascent], root, [], 0, () => false, premise);
            Ranges without = new RangeAscent(graph) { Steps = 25 }.Tighter([ascent], root, [], 0, () => false);
            moved += graph.Bounded.Sum(n => Enumerable.Range(0, graph.Sizes[n]).Count(i => ranges.Lower[n][i] > without.Lower[n][i] + 1e-6 || ranges.Upper[n][i] < without.Upper[n][i] - 1e-6));
            foreach (Dyadic[][] point in exact)
            {
                Dyadic[] y = point[graph.Output];
                if (((Dyadic)0.7 * y[0] + (Dyadic)(-1.1) * y[1] + (Dyadic)0.3 * y[2] + constant).Sign > 0)
                    continue;
                kept++;
                foreach (int n in graph.Bounded)
                {
                    for (int i = 0; i < graph.Sizes[n]; i++)
                        Assert.True((point[n][i] - ranges.Lower[n][i]).Sign >= 0 && ((Dyadic)ranges.Upper[n][i] - point[n][i]).Sign >= 0, $"seed {seed}, node {n}, unit {i}");
                }
            }
        }
        Assert.True(kept >= 80 && moved > 30, $"{kept} inputs keep the premise, {moved} limits moved");

        static double Value(double[] y) => 0.7 * y[0] - 1.1 * y[1] + 0.3 * y[2];
    }

    [Fact]
    public void Steps_never_make_limits_or_bounds_worse()
    {
        int better = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 4, 10, 10, 8, 3);
            var graph = new BoundGraph(network);
            var sizes = new ErrorSizes(graph.Sizes.Length);
            Ranges root = new RangeFinder(graph, sizes, 16).Root(InputRegion.Around(new double[4], 0.5), relaxed: true, TestContext.Current.CancellationToken);
            var ascent = new BoundAscent(graph, sizes, 8);
            Ranges tighter = new RangeAscent(graph) { Steps = 15 }.Tighter([ascent], root, [], 0, () => false);
            foreach (int n in graph.Bounded)
            {
                for (int i = 0; i < graph.Sizes[n]; i++)
                    Assert.True(tighter.Lower[n][i] >= root.Lower[n][i] && tighter.Upper[n][i] <= root.Upper[n][i]);
            }
            double plain = Bound(root, 0), alone = Bound(tighter, 0), raised = Bound(tighter, 20);
            Assert.True(raised >= alone, $"seed {seed}: {alone}, {raised}");
            better += raised > plain + 1e-3 ? 1 : 0;

            double Bound(Ranges ranges, int steps)
            {
                var target = new RelaxedBranch { Ranges = ranges, Row = [1, -1, 0] };
                ascent.Raise(graph.Output, [target], steps, double.PositiveInfinity);
                return target.Bound;
            }
        }
        Assert.True(better >= 6, $"{better}");
    }

    [Fact]
    public void Without_units_that_are_always_zero_a_network_is_the_same_function()
    {
        int gone = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 3, 16, 12, 10, 3);
            var random = new RandomSource(seed);
            InputRegion region = InputRegion.Around([random.Uniform(-1, 1), random.Uniform(-1, 1), random.Uniform(-1, 1)], 0.1);
            var graph = new BoundGraph(network);
            var sizes = new ErrorSizes(graph.Sizes.Length);
            Ranges root = new RangeFinder(graph, sizes, 16).Root(region, relaxed: true, TestContext.Current.CancellationToken);
            LiveNetwork live = LiveNetwork.Of(graph, root);
            Ranges part = live.Select(root);
            gone += graph.Sizes.Sum() - live.Graph.Sizes.Sum();
            for (int sample = 0; sample < 20; sample++)
            {
                double[] point = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp(random.Uniform(region.Lower[i], region.Upper[i]), region.Lower[i], region.Upper[i]))];
                Dyadic[][] whole = ExactValues.Of(network, point), left = ExactValues.Of(live.Graph.Network, point);
                Assert.All(whole[graph.Output].Zip(left[graph.Output]), pair => Assert.Equal(0, (pair.First - pair.Second).Sign));
                foreach (int n in live.Graph.Bounded)
                {
                    for (int i = 0; i < live.Graph.Sizes[n]; i++)
                        Assert.True((left[n][i] - part.Lower[n][i]).Sign >= 0 && ((Dyadic)part.Upper[n][i] - left[n][i]).Sign >= 0);
                }
            }
        }
        Assert.True(gone > 100, $"{gone} units are gone");
    }
}
