using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Verdicts against the distance that another search proves, by halving inputs and by deciding units.</summary>
public sealed class DecisionTests
{
    [Theory]
    [InlineData(12)]
    [InlineData(0)]
    public void Verdicts_change_at_the_minimal_distance(int mostSplitInputs)
    {
        int verified = 0, violated = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 3, 8, 6, 3);
            double[] center = new double[3];
            MinimalDistance distance = MinimalDistance.Of(network, center, DistanceNorm.Linf, InputRegion.Around(center, 2), 1e-5, 20);
            if (!double.IsFinite(distance.Upper))
                continue;
            var options = new VerificationOptions { MostSplitInputs = mostSplitInputs, Starts = (int)(seed % 2) * 5, TimeLimit = 20, MostDomains = 20_000 };
            var verifier = new PropertyVerifier(network);
            foreach (double factor in (double[])[0.5, 0.98, 1.02, 1.5])
            {
                Verification found = verifier.Decide(Margins.Ball(network, center, factor * distance.Upper, -2, 2, distance.Class), options, new RunContext { Threads = 2 });
                Assert.True(found.Verdict != (factor < 1 ? Verdict.Violated : Verdict.Verified), $"seed {seed}, factor {factor}: {found}");
                verified += found.Verdict == Verdict.Verified ? 1 : 0;
                violated += found.Verdict == Verdict.Violated ? 1 : 0;
                if (found.Verdict == Verdict.Violated)
                {
                    Assert.NotEqual(distance.Class, Margins.Predicted(network.Evaluate(found.Counterexample.AsSpan())));
                    Assert.True(DistanceNorm.Linf.Of(found.Counterexample.AsSpan()) <= factor * distance.Upper);
                }
            }
        }
        Assert.True(verified >= 40 && violated >= 40, $"{verified} verified, {violated} violated");
    }

    [Fact]
    public void Verdicts_and_counterexamples_do_not_depend_on_threads()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        foreach (int split in (int[])[12, 0])
        {
            Verification[] found = [.. new[] { 1, 3 }.Select(threads => new PropertyVerifier(network).Decide(Margins.Ball(network, [.3, -.2], .27, -2, 2, 2), new VerificationOptions { Starts = 0, MostSplitInputs = split }, new RunContext { Threads = threads }))];
            Assert.Equal(Verdict.Violated, found[0].Verdict);
            Assert.Equal(found[0].Counterexample, found[1].Counterexample);
        }
    }

    [Fact]
    public void Branching_on_units_looks_at_the_same_branches_on_any_number_of_threads()
    {
        (int branched, int violated) = (0, 0);
        for (ulong seed = 0; seed < 8; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 8, 24, 20, 3);
            double[] center = new double[8];
            int label = Margins.Predicted(network.Evaluate(center));
            var options = new VerificationOptions { Starts = 0, MostSplitInputs = 0, MostDomains = 300, BranchSteps = 1, BranchRangeSteps = 0, RootSteps = 0, RangeSteps = 0, TimeLimit = 1000 };
            Verification[] found = [.. new[] { 1, 2, 5 }.Select(threads => new PropertyVerifier(network).Decide(Margins.Ball(network, center, 0.5, -2, 2, label), options, new RunContext { Threads = threads }))];
            foreach (Verification other in found[1..])
            {
                Assert.Equal((found[0].Verdict, found[0].Domains), (other.Verdict, other.Domains));
                Assert.Equal(found[0].Counterexample, other.Counterexample);
            }
            branched += found[0].Domains > 30 ? 1 : 0;
            violated += found[0].Verdict == Verdict.Violated ? 1 : 0;
        }
        Assert.True(branched >= 2 && violated >= 2, $"{branched} with more than 30 branches, {violated} violated");
    }

    [Fact]
    public void A_radius_of_zero_is_the_input_alone()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        var certifier = new RobustnessCertifier(network);
        Assert.Equal((Verdict.Verified, 2), (Certify(2, 0).Verdict, Certify(2, 0).Predicted));
        Assert.Equal((Verdict.Violated, "misclassified"), (Certify(0, 0.1).Verdict, Certify(0, 0.1).Decision));
        Assert.Equal(Verdict.Violated, Certify(2, 100).Verdict);

        CertifiedInput Certify(int label, double epsilon) => certifier.Certify(0, [.3, -.2], label, epsilon, -2, 2, new VerificationOptions(), RunContext.Default);
    }
}
