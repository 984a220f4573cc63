using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Radii that bounds prove, balls in L2 and L1, and distances of many inputs.</summary>
public sealed class RadiusTests
{
    public static TheoryData<string> Norms => [.. DistanceNorm.All.Select(norm => norm.Name)];

    [Theory]
    [MemberData(nameof(Norms))]
    public void Of_a_linear_classifier_the_radius_is_its_margin(string name)
    {
        DistanceNorm norm = Norm(name);
        for (ulong seed = 0; seed < 10; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 6, 4);
            var random = new RandomSource(seed);
            double[] input = [.. Enumerable.Range(0, 6).Select(_ => random.Normal())], outputs = network.Evaluate(input);
            int label = Margins.Predicted(outputs);
            double[] weights = ((Dense)network.Nodes[1].Layer).Weights.Values.ToArray();
            double margin = Enumerable.Range(0, 4).Where(other => other != label)
                .Min(other => (outputs[label] - outputs[other]) / norm.Dual([.. Enumerable.Range(0, 6).Select(i => weights[label * 6 + i] - weights[other * 6 + i])]));
            var radius = new CertifiedRadius(network);
            Assert.InRange(radius.At(input, norm, double.NegativeInfinity, double.PositiveInfinity, cancellation: TestContext.Current.CancellationToken), margin * (1 - 1e-6), margin * (1 + 1e-12));
            Assert.Equal(0, radius.At(input, norm, double.NegativeInfinity, double.PositiveInfinity, (label + 1) % 4, cancellation: TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Intervals_prove_less_than_lines_and_lines_less_than_the_distance(string name)
    {
        DistanceNorm norm = Norm(name);
        (int positive, int better) = (0, 0);
        for (ulong seed = 0; seed < 30; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 3, 8, 6, 3);
            double[] center = [0.1, -0.2, 0.05];
            var radius = new CertifiedRadius(network);
            double intervals = radius.At(center, norm, -1, 1, relaxed: false, cancellation: TestContext.Current.CancellationToken), lines = radius.At(center, norm, -1, 1, cancellation: TestContext.Current.CancellationToken);
            MinimalDistance exact = MinimalDistance.Of(network, center, norm, new InputRegion([-1, -1, -1], [1, 1, 1]), 1e-3, 3, new RunContext { Clock = new SteppingClock() });
            Assert.True(intervals <= lines * (1 + 1e-2) && lines <= exact.Upper, $"seed {seed}: {intervals}, {lines}, {exact.Upper}");
            (positive, better) = (positive + (intervals > 0 ? 1 : 0), better + (lines > 1.2 * intervals ? 1 : 0));
        }
        Assert.True(positive >= 25 && better >= 15, $"{positive} above 0, {better} better by lines");
    }

    [Theory]
    [InlineData("l2", 12)]
    [InlineData("l1", 12)]
    [InlineData("l2", 0)]
    [InlineData("l1", 0)]
    public void Verdicts_on_balls_change_at_the_minimal_distance(string name, int mostSplitInputs)
    {
        DistanceNorm norm = Norm(name);
        (int verified, int violated, int asked) = (0, 0, 0);
        for (ulong seed = 0; seed < 24; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 3, 8, 6, 3);
            double[] center = new double[3];
            MinimalDistance distance = MinimalDistance.Of(network, center, norm, InputRegion.Around(center, 2), 1e-4, 10, new RunContext { Clock = new SteppingClock() });
            if (distance.Status != Status.Complete || !double.IsFinite(distance.Upper))
                continue;
            var certifier = new RobustnessCertifier(network);
            var options = new VerificationOptions { MostSplitInputs = mostSplitInputs, Starts = (int)(seed % 2) * 5, TimeLimit = 100, MostDomains = 3000 };
            foreach (double factor in (double[])[0.5, 0.97, 1.03, 1.5])
            {
                CertifiedInput found = certifier.Certify(0, center, distance.Class, factor * distance.Upper, -2, 2, options, new RunContext { Threads = 2 }, norm);
                Assert.True(found.Verdict != (factor < 1 ? Verdict.Violated : Verdict.Verified), $"seed {seed}, factor {factor}: {found}");
                asked++;
                verified += found.Verdict == Verdict.Verified ? 1 : 0;
                violated += found.Verdict == Verdict.Violated ? 1 : 0;
                if (found.Verdict != Verdict.Violated)
                    continue;
                Assert.NotEqual(distance.Class, Margins.Predicted(network.Evaluate(found.Counterexample.AsSpan())));
                Assert.True(norm.Of(found.Counterexample.AsSpan()) <= factor * distance.Upper);
            }
        }
        // Units are decided on the box around a ball, which need not be the last word on the ball.
        Assert.True(asked >= 40 && verified + violated >= (mostSplitInputs > 0 ? asked : 2 * asked / 3) && violated >= asked / 4, $"{verified} verified, {violated} violated of {asked}");
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Inputs_that_do_not_matter_change_no_distance(string name)
    {
        DistanceNorm norm = Norm(name);
        (int finite, int close) = (0, 0);
        for (ulong seed = 0; seed < 6; seed++)
        {
            Network small = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 2, 6, 3), large = Widened(small, 20);
            double[] center = new double[20];
            MinimalDistance exact = MinimalDistance.Of(small, [0, 0], norm, InputRegion.Around([0, 0], 1), 1e-6, 100);
            MinimalDistance found = MinimalDistance.Of(large, center, norm, InputRegion.Around(center, 1), 1e-3, 4, new RunContext { Clock = new SteppingClock(), Threads = 1 });
            Assert.True(found.Lower <= exact.Upper && found.Upper >= exact.Lower, $"seed {seed}: {found.Lower} to {found.Upper}, {exact.Upper} with two inputs");
            Assert.True(found.Lower > 0);
            finite += double.IsFinite(exact.Upper) ? 1 : 0;
            close += double.IsFinite(exact.Upper) && found.Upper <= 1.1 * exact.Upper && found.Lower >= 0.8 * exact.Lower ? 1 : 0;
            if (found.Witness.Length > 0)
                Assert.NotEqual(found.Class, Margins.Predicted(large.Evaluate(found.Witness.AsSpan())));
        }
        Assert.True(finite >= 3 && close >= finite - 1, $"{close} of {finite} are close");
    }

    private static Network Widened(Network network, int inputs)
    {
        int at = 0;
        return SmallNetworks.Dense("widened", [inputs, 6, 3], (_, _) =>
        {
            Dense layer = network.Nodes.Select(node => node.Layer).OfType<Dense>().ElementAt(at++);
            double[] weights = layer.Weights.Values.ToArray(), bias = layer.Bias!.Values.ToArray();
            return at > 1 ? (weights, bias) : ([.. Enumerable.Range(0, layer.Outputs * inputs).Select(k => k % inputs < layer.Inputs ? weights[k / inputs * layer.Inputs + k % inputs] : 0)], bias);
        }, PiecewiseLinear.Relu);
    }

    private static DistanceNorm Norm(string name) => DistanceNorm.All.Single(norm => norm.Name == name);
}
