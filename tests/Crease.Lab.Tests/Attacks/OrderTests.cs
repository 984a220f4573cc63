using Crease.Certificates;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What an attack finds is never nearer than the exact distance, and that never below what is certified: on every network and norm, on both sides of a boundary.</summary>
public sealed class OrderTests
{
    // Searches read a clock of steps, so that they end after as many boxes on every machine.
    private const double Budget = 0.4;

    private static readonly IAttack[] Methods = [Attacks.FastGradient, Attacks.ProjectedGradient, Attacks.AutoCrossEntropy, Attacks.DeepFool, Attacks.Boundary, Attacks.BoundaryTargeted];

    public static TheoryData<string> Norms => [.. DistanceNorm.All.Select(norm => norm.Name)];

    [Theory]
    [MemberData(nameof(Norms))]
    public void Attacks_end_beyond_the_exact_distance_and_that_beyond_certificates(string name)
    {
        DistanceNorm norm = DistanceNorm.All.Single(each => each.Name == name);
        (int attacked, int exact, int close, int certified) = (0, 0, 0, 0);
        for (ulong seed = 0; seed < 100; seed++)
        {
            int inputs = 2 + (int)(seed % 9);
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, inputs, 8, 6, seed % 4 == 3 ? 1 : 3);
            var classifier = new NetworkClassifier(network);
            var random = new RandomSource(seed);
            double[] input = [.. Enumerable.Range(0, inputs).Select(_ => random.Uniform(-0.5, 0.5))];
            (double nearest, double[] twin) = Nearest(classifier, input, name);
            double[][] sides = double.IsFinite(nearest) ? [input, twin] : [input];
            foreach (double[] side in sides)
            {
                nearest = side == input ? nearest : Nearest(classifier, side, name).Distance;
                MinimalDistance distance = MinimalDistance.Of(network, side, norm, InputRegion.Around(new double[inputs], 1), 1e-2, Budget, new RunContext { Clock = new SteppingClock() });
                double region = OneRegionCertificate.At(network, side, norm).Bound, lines = new CertifiedRadius(network).At(side, norm, -1, 1, tolerance: 0.05, cancellation: TestContext.Current.CancellationToken), intervals = new CertifiedRadius(network).At(side, norm, -1, 1, relaxed: false, tolerance: 0.05, cancellation: TestContext.Current.CancellationToken);
                string at = $"seed {seed}, {name}, {(side == input ? "input" : "twin")}: attack {nearest}, exact {distance.Lower} to {distance.Upper}, lines {lines}, intervals {intervals}, region {region}";
                Assert.True(distance.Lower <= distance.Upper && distance.Lower <= nearest * (1 + 1e-12), at);
                foreach (double bound in (double[])[lines, intervals, region * (1 - 1e-9)])
                    Assert.True(bound <= distance.Upper && bound <= nearest * (1 + 1e-12), at);
                attacked += double.IsFinite(nearest) ? 1 : 0;
                certified += lines > 0 && intervals > 0 && region > 0 ? 1 : 0;
                exact += distance.Status == Status.Complete && double.IsFinite(distance.Upper) ? 1 : 0;
                close += distance.Status == Status.Complete && double.IsFinite(distance.Upper) && nearest <= 1.1 * distance.Upper ? 1 : 0;
            }
        }
        Assert.True(attacked >= 120 && certified >= 120 && exact >= 30 && close >= exact / 2, $"{attacked} attacked, {certified} certified, {exact} exact, {close} of them found by an attack");
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void On_a_linear_classifier_attacks_certificates_and_search_agree(string name)
    {
        DistanceNorm norm = DistanceNorm.All.Single(each => each.Name == name);
        Network network = Classifiers.Linear(1, 5, 2);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 12, -1, 1, mistakes: 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            AttackOptions options = SearchAttackTests.Options("fgsm", name) with { Box = null };
            double margin = LinearAttackTests.Distance(network, inputs[i], labels[i], options.Distance);
            foreach (IAttack attack in (IAttack[])[Attacks.FastGradient, Attacks.ProjectedGradient, Attacks.AutoCrossEntropy, Attacks.AutoLogitRatio])
            {
                // One step of epsilon, and steps that add up to it, are exact; the ball of APGD is approached by halving steps.
                double slack = attack == Attacks.FastGradient || attack == Attacks.ProjectedGradient ? 1e-6 : 0.02;
                Assert.False(Falls(attack, margin * (1 - 1e-6)));
                Assert.True(Falls(attack, margin * (1 + slack)), $"{attack.Name}, row {i}");
            }
            AttackedInput found = Attacks.Run(classifier, [inputs[i]], [labels[i]], options with { Attack = Attacks.Boundary, Epsilon = 100 }).Inputs[0];
            Assert.InRange(found.Nearest, margin * (1 - 1e-9), 1.05 * margin);
            OneRegionCertificate region = OneRegionCertificate.At(network, inputs[i], norm);
            Assert.True(region.IsExact);
            Assert.Equal(margin, region.Bound, 1e-9 * margin);
            Assert.InRange(new CertifiedRadius(network).At(inputs[i], norm, -100, 100, cancellation: TestContext.Current.CancellationToken), margin * (1 - 1e-6), margin * (1 + 1e-12));
            MinimalDistance exact = MinimalDistance.Of(network, inputs[i], norm, InputRegion.Around(new double[5], 100));
            Assert.Equal(Status.Complete, exact.Status);
            Assert.InRange(exact.Lower, margin * (1 - 1e-7), margin * (1 + 1e-12));
            Assert.InRange(exact.Upper, margin * (1 - 1e-12), margin * (1 + 1e-7));

            bool Falls(IAttack attack, double epsilon) => Attacks.Run(classifier, [inputs[i]], [labels[i]], options with { Attack = attack, Epsilon = epsilon }).Inputs[0].IsSuccess;
        }
    }

    [Fact]
    public void Smoothing_comes_to_the_margin_of_a_linear_classifier_from_below()
    {
        Network network = Classifiers.Linear(1, 5, 2);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 6, -1, 1, mistakes: 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            double margin = LinearAttackTests.Distance(network, inputs[i], labels[i], Attacks.L2), last = 0;
            foreach (int draws in (int[])[1000, 30_000])
            {
                var smoothing = new RandomizedSmoothing(network, new SmoothingOptions { Sigma = margin, Draws = draws });
                SmoothedCertificate found = smoothing.Certificate(smoothing.Continue(inputs[i], smoothing.Empty(i), RunContext.Default));
                Assert.Equal(labels[i], found.Class);
                Assert.InRange(found.Radius, last, margin);
                last = found.Radius;
            }
            Assert.InRange(last, 0.95 * margin, margin);
        }
    }

    // The nearest point of another class that any method finds in the box; infinite where none does.
    private static (double Distance, double[] Point) Nearest(NetworkClassifier classifier, double[] input, string norm)
    {
        int label = Classifiers.Class(Classifiers.Logits(classifier, input));
        (double nearest, double[] twin) = (double.PositiveInfinity, input);
        foreach (IAttack attack in Methods)
        {
            AttackOptions options = SearchAttackTests.Options(attack.Name, norm) with { Box = new InputBox(-1, 1), Epsilon = 2 };
            AttackResults found = Attacks.Run(classifier, [input], [label], options);
            nearest = Math.Min(nearest, found.Inputs[0].Nearest);
            // A nearer point may lie outside of the ball, and is not kept.
            if (found.Inputs[0].IsSuccess && found.Inputs[0].Distance <= nearest)
                twin = found.Point(0).ToArray();
        }
        return twin == input ? (double.PositiveInfinity, input) : (nearest, twin);
    }
}
