using Crease.Certificates;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Certificates against other ways to the same answer: the planar engine's boundary, and all activation patterns in exact arithmetic.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void Minimal_distances_are_those_of_the_planar_engine()
    {
        (int finite, int none) = (0, 0);
        for (ulong seed = 0; seed < 8; seed++)
        {
            Network network = SmallNetworks.Random(seed, seed % 3 == 2 ? shape => PiecewiseLinear.LeakyRelu(shape, 0.1) : PiecewiseLinear.Relu, 2, 8, 6, seed % 2 == 0 ? 3 : 1);
            DecisionBoundary boundary = new PlanarPartitioner(network).Cut(Slice.Box(-1, 1, -1, 1), options: new CutOptions { Boundary = true }).Boundary!;
            double[] ends = boundary.Decode(boundary.Ends);
            foreach (double[] input in (double[][])[[0.1, -0.2], [-0.7, 0.6]])
            {
                foreach (DistanceNorm norm in DistanceNorm.All)
                {
                    double expected = Enumerable.Range(0, boundary.SegmentCount).Select(s => Distance(norm, input, ends.AsSpan(4 * s, 4))).Append(double.PositiveInfinity).Min();
                    MinimalDistance found = MinimalDistance.Of(network, input, norm, new InputRegion([-1, -1], [1, 1]), 1e-6, 100);
                    Assert.Equal(Status.Complete, found.Status);
                    (finite, none) = (finite + (double.IsFinite(expected) ? 1 : 0), none + (double.IsFinite(expected) ? 0 : 1));
                    string name = $"seed {seed}, {norm.Name}: {found.Lower} to {found.Upper}, {expected} by the boundary";
                    Assert.True(double.IsFinite(expected) == double.IsFinite(found.Upper), name);
                    Assert.True(!double.IsFinite(expected) || (Math.Abs(found.Upper - expected) <= 1e-9 + 2e-6 * expected && found.Lower <= expected + 1e-9), name);
                }
            }
        }
        Assert.True(finite >= 30 && none >= 1, $"{finite} with a boundary, {none} without");
    }

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(12, 2, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 2, 3)]
    public void Verdicts_are_those_of_all_activation_patterns(int mostSplitInputs, int inputs, int limitRounds)
    {
        (int verified, int violated, int leaves) = (0, 0, 0);
        // Without ascent and without a search for counterexamples nothing but branching and its last word decides.
        var bare = new VerificationOptions { MostSplitInputs = mostSplitInputs, Starts = 0, RangeSteps = 0, RootSteps = 0, BranchSteps = 0, BranchRangeSteps = 0, LimitRounds = limitRounds, TimeLimit = 1000 };
        for (ulong seed = 0; seed < (inputs == 2 ? 16UL : 4UL); seed++)
        {
            Network network = Rounded(seed, inputs, inputs == 2 ? [4, 3, 3] : [3, 2, 2]);
            double[] center = [.. Enumerable.Range(0, inputs).Select(i => (double)((int)(seed * 7 + (ulong)i * 5) % 9 - 4) / 8)];
            int label = Margins.Predicted(network.Evaluate(center));
            var sets = Margins.Others(network.OutputShape.Size, label);
            foreach (double radius in (double[])[1.0 / 16, 0.25, 0.625])
            {
                double[] lower = [.. center.Select(value => value - radius)], upper = [.. center.Select(value => value + radius)];
                int sign = PatternEnumeration.Sign(network, [.. sets.Select(set => set[0].Row)], lower, upper);
                var property = new SafetyProperty("box", inputs, network.OutputShape.Size, [new PropertyCase(new InputRegion(lower, upper), sets)]);
                Verification found = new PropertyVerifier(network).Decide(property, bare, new RunContext { Threads = 2 });
                string name = $"seed {seed}, radius {radius}: sign {sign}, {found}";
                // A tie of exact numbers is within rounding errors, whichever way it is decided.
                Assert.True(sign == 0 ? found.Verdict != Verdict.Verified : found.Verdict == (sign > 0 ? Verdict.Verified : Verdict.Violated), name);
                (verified, violated, leaves) = (verified + (sign > 0 ? 1 : 0), violated + (sign < 0 ? 1 : 0), leaves + (found.Domains > 1 ? 1 : 0));
            }
        }
        Assert.True(verified >= 3 && violated >= 2 && leaves >= (inputs == 2 ? 2 : 1), $"{verified} verified, {violated} violated, {leaves} with branches");
    }

    // Weights that are multiples of 1/16 keep exact numbers short.
    private static Network Rounded(ulong seed, int inputs, int[] widths)
    {
        var random = new RandomSource(seed);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Math.Round(16 * random.Normal()) / 16)];
        return SmallNetworks.Dense($"rounded {seed}", [inputs, .. widths], (from, to) => (Draw(to * from), Draw(to)), PiecewiseLinear.Relu);
    }

    // Along a segment every norm is convex, and least at an end, where a difference is zero, where both are equal, or at the foot of the perpendicular.
    private static double Distance(DistanceNorm norm, double[] point, ReadOnlySpan<double> ends)
    {
        double x = ends[0] - point[0], y = ends[1] - point[1], dx = ends[2] - ends[0], dy = ends[3] - ends[1], least = double.PositiveInfinity;
        foreach (double place in (ReadOnlySpan<double>)[0, 1, -x / dx, -y / dy, -(x - y) / (dx - dy), -(x + y) / (dx + dy), -(x * dx + y * dy) / (dx * dx + dy * dy)])
        {
            double t = double.IsFinite(place) ? Math.Clamp(place, 0, 1) : 0;
            least = Math.Min(least, norm.Of([x + t * dx, y + t * dy]));
        }
        return least;
    }
}
