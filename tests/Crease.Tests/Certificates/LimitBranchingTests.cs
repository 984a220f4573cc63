using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Limits of single units by branch and bound: sound in exact arithmetic, never looser than before, and the same on any number of threads.</summary>
public sealed class LimitBranchingTests
{
    [Fact]
    public void Limits_contain_the_exact_values_and_are_never_looser()
    {
        int moved = 0;
        for (ulong seed = 0; seed < 16; seed++)
        {
            Network network = Chain(seed);
            var random = new RandomSource(seed + 500);
            (BoundGraph graph, Ranges root, Ranges branched) = Limits(network, new InputRegion([-1, -1, -1], [1, 1, 1]), splits: 60, threads: 2);
            foreach (int n in graph.Bounded)
            {
                for (int i = 0; i < graph.Sizes[n]; i++)
                {
                    Assert.True(branched.Lower[n][i] >= root.Lower[n][i] && branched.Upper[n][i] <= root.Upper[n][i], $"seed {seed}, node {n}, unit {i}");
                    moved += branched.Lower[n][i] > root.Lower[n][i] + 1e-3 || branched.Upper[n][i] < root.Upper[n][i] - 1e-3 ? 1 : 0;
                }
            }
            for (int sample = 0; sample < 60; sample++)
            {
                // Corners among them, where limits are reached.
                double[] point = [.. Enumerable.Range(0, 3).Select(_ => Math.Clamp(random.Uniform(-1.5, 1.5), -1, 1))];
                Dyadic[][] exact = ExactValues.Of(network, point);
                foreach (int n in graph.Bounded)
                {
                    for (int i = 0; i < graph.Sizes[n]; i++)
                        Assert.True((exact[n][i] - branched.Lower[n][i]).Sign >= 0 && ((Dyadic)branched.Upper[n][i] - exact[n][i]).Sign >= 0, $"seed {seed}, node {n}, unit {i}");
                }
            }
        }
        Assert.True(moved > 50, $"{moved} limits moved");
    }

    [Fact]
    public void Settled_units_have_the_sign_that_all_activation_patterns_give()
    {
        (int settled, int reached) = (0, 0);
        double[] lower = [-0.5, -0.5], upper = [0.5, 0.5];
        for (ulong seed = 0; seed < 24; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 2, 5, 4, 3, 2);
            (BoundGraph graph, Ranges root, Ranges branched) = Limits(network, new InputRegion(lower, upper), splits: 200, threads: 1);
            foreach (int n in graph.Bounded)
            {
                for (int i = 0; i < graph.Sizes[n]; i++)
                {
                    if (!(root.Lower[n][i] < 0 && root.Upper[n][i] > 0))
                        continue;
                    double[] row = [.. Enumerable.Range(0, graph.Sizes[n]).Select(unit => unit == i ? 1.0 : 0)];
                    int least = PatternEnumeration.Sign(Until(network, n), [row], lower, upper), most = -PatternEnumeration.Sign(Until(network, n), [[.. row.Select(entry => -entry)]], lower, upper);
                    bool isSettled = branched.Lower[n][i] >= 0 || branched.Upper[n][i] <= 0;
                    Assert.True(!isSettled || least >= 0 || most <= 0, $"seed {seed}, node {n}, unit {i}: [{branched.Lower[n][i]}, {branched.Upper[n][i]}], signs {least} and {most}");
                    settled += isSettled ? 1 : 0;
                    reached += least > 0 || most < 0 ? 1 : 0;
                }
            }
        }
        Assert.True(settled >= 5 && 2 * settled >= reached, $"{settled} settled of {reached} that can be");
    }

    [Fact]
    public void Limits_and_verdicts_do_not_depend_on_threads()
    {
        int branched = 0;
        for (ulong seed = 0; seed < 6; seed++)
        {
            Network network = Chain(seed);
            Ranges[] found = [.. new[] { 1, 2, 5 }.Select(threads => Limits(network, new InputRegion([-1, -1, -1], [1, 1, 1]), splits: 40, threads).Branched)];
            foreach (Ranges other in found[1..])
            {
                Assert.Equal(found[0].Lower, other.Lower);
                Assert.Equal(found[0].Upper, other.Upper);
            }
            double[] center = [.1, -.2, .3];
            SafetyProperty property = Margins.Ball(network, center, 0.4, -2, 2, Margins.Predicted(network.Evaluate(center)));
            var options = new VerificationOptions { Starts = 0, MostSplitInputs = 0, MostDomains = 50_000, RangeSteps = 2, RootSteps = 2, BranchSteps = 1, BranchRangeSteps = 0, TimeLimit = 1000 };
            Verification[] verdicts = [.. new[] { 1, 2, 5 }.Select(threads => new PropertyVerifier(network).Decide(property, options, new RunContext { Threads = threads }))];
            Verification none = new PropertyVerifier(network).Decide(property, options with { LimitRounds = 0 }, new RunContext { Threads = 2 });
            foreach (Verification other in verdicts[1..])
            {
                Assert.Equal((verdicts[0].Verdict, verdicts[0].Domains), (other.Verdict, other.Domains));
                Assert.Equal(verdicts[0].Counterexample, other.Counterexample);
            }
            Assert.True(none.Verdict == verdicts[0].Verdict || none.Verdict == Verdict.Unknown || verdicts[0].Verdict == Verdict.Unknown, $"seed {seed}: {none.Verdict} and {verdicts[0].Verdict}");
            branched += verdicts[0].Domains > 30 ? 1 : 0;
        }
        Assert.True(branched >= 2, $"{branched} with more than 30 leaves");
    }

    // Some units twice, and some that are always 0.
    private static Network Chain(ulong seed)
    {
        Network network = SmallNetworks.Random(seed, seed % 3 == 0 ? shape => PiecewiseLinear.LeakyRelu(shape, 0.1) : PiecewiseLinear.Relu, 3, 9, 8, 7, 3);
        Node[] nodes = [.. network.Nodes];
        int first = Array.FindIndex(nodes, node => node.Layer is Dense);
        var dense = (Dense)nodes[first].Layer;
        double[] weights = dense.Weights.Values.ToArray(), bias = dense.Bias is { } own ? own.Values.ToArray() : new double[dense.Outputs];
        Array.Copy(weights, 0, weights, dense.Inputs, dense.Inputs);
        (bias[1], bias[2]) = (bias[0], -100);
        nodes[first] = nodes[first] with { Layer = new Dense(new Weights(weights), new Weights(bias), dense.InputShapes[0]) };
        return new Network(network.Name, [.. nodes], network.Inputs, network.Outputs, network.Notes);
    }

    // The network whose output is an earlier node.
    private static Network Until(Network network, int node) => new(network.Name, [.. network.Nodes.Take(node + 1)], network.Inputs, [node], network.Notes);

    private static (BoundGraph Graph, Ranges Root, Ranges Branched) Limits(Network network, InputRegion region, int splits, int threads)
    {
        var graph = new BoundGraph(network);
        var sizes = new ErrorSizes(graph.Sizes.Length);
        Ranges root = new RangeFinder(graph, sizes, 16).Root(region, relaxed: true, TestContext.Current.CancellationToken), ranges = root;
        BoundAscent[] ascents = [.. Enumerable.Range(0, threads).Select(_ => new BoundAscent(graph, sizes, 64))];
        foreach (int node in graph.Bounded)
            ranges = new LimitBranching(graph, new RowSlopes(graph)).Tighter(ascents, ranges, node, splits, () => false);
        return (graph, root, ranges);
    }
}
