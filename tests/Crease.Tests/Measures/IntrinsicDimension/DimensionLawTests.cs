using Crease.Measures;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>What holds of dimensions whatever the tool: invariances, sums, limits, known biases.</summary>
public sealed class DimensionLawTests
{
    private static readonly IDimensionEstimator[] Estimators =
    [
        new TwoNn(), new TwoNn { Fit = TwoNnFit.Likelihood }, new Gride { Rank = 4 }, new LevinaBickel(), new MethodOfMoments { Neighbors = 30 }, new CorrelationIntegral(), new Mada(), new TightLocality(), new Mind(),
        new SimplexSkewness(), new FisherSeparability(), new LocalPca(), new LocalPca { Rule = EigenvalueRule.Participation }, new LocalPca { NeighborhoodSize = 30 }, new GraphLength(), new Danco(),
    ];

    // A7.2. The estimators that draw points draw them by index, so that an order of rows is a draw.
    [Fact]
    public void Dimension_does_not_depend_on_position_size_embedding_or_order()
    {
        double[][] rows = ReferenceClouds.Swiss(400, 3);
        double[][] moved = [.. rows.Select(row => Rotated(row, 0.7).Select((x, c) => 3.5 * x + 10 * c - 4).ToArray())];
        double[][] padded = ReferenceClouds.Padded(moved, 7), turned = [.. padded.Reverse()];
        foreach (IDimensionEstimator estimator in Estimators)
        {
            double expected = Value(estimator, rows), scatter = estimator is GraphLength or SimplexSkewness or LocalPca { NeighborhoodSize: > 0 } ? 0.15 : 1e-9;
            Assert.Equal(expected, Value(estimator, moved), 1e-9 * expected);
            Assert.Equal(expected, Value(estimator, padded), 1e-9 * expected);
            Assert.Equal(expected, Value(estimator, turned), scatter * expected);
        }
    }

    // A7.3
    [Fact]
    public void Dimensions_of_independent_cubes_add()
    {
        double[] twonn = [1.019, 2.010, 2.893, 3.926], mle = [1.001, 1.969, 2.907, 3.762];
        for (int d = 1; d <= 4; d++)
        {
            PointCloud cube = PointCloud.Of(ReferenceClouds.Cube(5000, d, 0));
            cube.Neighbors(20, RunContext.Default);
            Assert.Equal(twonn[d - 1], Math.Round(Value(new TwoNn { Fit = TwoNnFit.Likelihood }, cube), 3));
            Assert.Equal(mle[d - 1], Math.Round(Value(new LevinaBickel(), cube), 3));
            Assert.InRange(Value(new Gride { Rank = 2 }, cube) / d, 0.9, 1.1);
            Assert.InRange(Value(new Mada(), cube) / d, 0.9, 1.1);
            Assert.InRange(Value(new Mind(), cube) / d, 0.9, 1.1);
        }
    }

    // A7.5
    [Fact]
    public void Gride_of_the_first_two_neighbors_is_the_likelihood_of_twonn()
    {
        foreach (double[][] rows in new[] { ReferenceClouds.Swiss(300, 1), ReferenceClouds.Ball(300, 6, 2) })
            Assert.Equal(Value(new TwoNn { Fit = TwoNnFit.Likelihood }, rows), Value(new Gride(), rows), 1e-7);
    }

    // A7.6
    [Fact]
    public void Participation_counts_equal_variances_and_a_single_one()
    {
        Assert.Equal(7, EigenvalueRules.Of(EigenvalueRule.Participation, [3, 3, 3, 3, 3, 3, 3]), 12);
        Assert.Equal(1, EigenvalueRules.Of(EigenvalueRule.Participation, [5, 0, 0, 0]), 12);
    }

    [Fact]
    public void Rules_of_a_spectrum_agree_where_it_is_clear()
    {
        double[] spectrum = [4, 3.9, 3.8, 0.01, 0.009, 0.008, 0.007, 0.006];
        foreach (EigenvalueRule rule in Enum.GetValues<EigenvalueRule>())
        {
            // Fan counts the last of the clear ones to the noise.
            Assert.Equal(rule == EigenvalueRule.Fan ? 2 : 3, EigenvalueRules.Of(rule, spectrum), rule == EigenvalueRule.Participation ? 0.1 : 0);
        }
    }

    // A7.7
    [Theory]
    [InlineData(2), InlineData(3), InlineData(5), InlineData(8)]
    public void Separability_gives_the_dimension_of_balls_and_one_more_for_spheres(int d)
    {
        Assert.InRange(Value(new FisherSeparability(), ReferenceClouds.Ball(2000, d, 0)) / d, 0.95, 1.05);
        Assert.InRange(Value(new FisherSeparability(), ReferenceClouds.Sphere(2000, d, 0)) / (d + 1), 0.95, 1.05);
    }

    // A7.8
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Estimates_without_boundary_are_nearly_unbiased() => Unbiased(4000, 10, 0.03);

    [Fact]
    public void A_few_estimates_without_boundary_are_about_unbiased() => Unbiased(1000, 3, 0.06);

    private static void Unbiased(int points, uint seeds, double most)
    {
        for (int d = 1; d <= 4; d++)
        {
            double twonn = 0, mle = 0, low = 0;
            for (uint seed = 0; seed < seeds; seed++)
            {
                PointCloud torus = PointCloud.Of(ReferenceClouds.Cube(points, d, seed), Metric.PeriodicUnitCube);
                torus.Neighbors(20, RunContext.Default);
                twonn += Value(new TwoNn { Fit = TwoNnFit.Likelihood }, torus) / seeds;
                mle += Value(new LevinaBickel(), torus) / seeds;
                DimensionEstimate combined = new LevinaBickel { IsUnbiased = true }.Estimate(torus, RunContext.Default);
                low += combined.Value!.Value / seeds;
                Assert.Contains("too low", Assert.Single(combined.Warnings), StringComparison.Ordinal);
            }
            Assert.InRange(twonn / d, 1 - most, 1 + most);
            Assert.InRange(mle / d, 1 - most, 1 + most);
            Assert.Equal(18.0 / 19, low / mle, 1e-9);
        }
    }

    // A7.9
    [Fact]
    public void Divergences_are_zero_for_equal_parameters_and_positive_otherwise()
    {
        Assert.Equal(0, DancoDivergence.OfDistances(1, 10), 1e-10);
        Assert.Equal(.1436309126, DancoDivergence.OfDistances(0.8, 10), 5e-10);
        Assert.Equal(.2049179228, DancoDivergence.OfDistances(1.3, 10), 5e-10);
        for (double q = 0.2; q < 4; q += 0.05)
            Assert.True(DancoDivergence.OfDistances(q, 10) > (Math.Abs(q - 1) < 0.01 ? -1e-10 : 0));
        foreach (double tau in new[] { 0.1, 2, 50, 900 })
        {
            Assert.Equal(0, DancoDivergence.OfAngles(1.2, 1.2, tau, tau), 1e-12);
            Assert.True(DancoDivergence.OfAngles(1.2, 1.3, tau, tau) > 0);
            Assert.True(DancoDivergence.OfAngles(1.2, 1.2, tau, 1.1 * tau) > 0);
        }
    }

    [Fact]
    public void Danco_finds_whole_dimensions_by_its_own_balls()
    {
        foreach (int d in new[] { 2, 5, 9 })
            Assert.InRange(Value(new Danco(), ReferenceClouds.Padded(ReferenceClouds.Ball(1000, d, 0), 12)), d - 0.5, d + 0.5);
    }

    [Fact]
    public void Graph_length_and_skewness_find_balls()
    {
        foreach (int d in new[] { 2, 4 })
        {
            PointCloud ball = PointCloud.Of(ReferenceClouds.Ball(3000, d, 0));
            Assert.InRange(Value(new GraphLength(), ball) / d, 0.85, 1.15);
            Assert.InRange(Value(new SimplexSkewness(), ball) / d, 0.9, 1.1);
            Assert.InRange(Value(new SimplexSkewness { UsesProjections = true }, ball) / d, 0.9, 1.1);
            Assert.Equal(d, Value(new LocalPca { NeighborhoodSize = 50 }, ball));
        }
    }

    [Fact]
    public void References_of_skewness_are_monotone_and_inverted()
    {
        foreach (SimplexSkewness form in new[] { new SimplexSkewness(), new SimplexSkewness { UsesProjections = true } })
        {
            for (int n = 1; n < 3000; n = n < 30 ? n + 1 : n * 3)
            {
                Assert.Equal(Math.Sign(form.Reference(2) - form.Reference(1)), Math.Sign(form.Reference(n + 1) - form.Reference(n)));
                Assert.Equal(n, form.Invert(form.Reference(n)), 1e-6 * n);
                Assert.Equal(n + 0.5, form.Invert((form.Reference(n) + form.Reference(n + 1)) / 2), 1e-6 * n);
            }
        }
    }

    [Fact]
    public void Intervals_hold_the_value_and_narrow_with_points()
    {
        foreach (IDimensionEstimator estimator in Estimators)
        {
            DimensionEstimate few = estimator.Estimate(PointCloud.Of(ReferenceClouds.Ball(400, 3, 5)), RunContext.Default), many = estimator.Estimate(PointCloud.Of(ReferenceClouds.Ball(3200, 3, 5)), RunContext.Default);
            if (few.Interval is not { } wide || many.Interval is not { } narrow)
                continue;
            Assert.InRange(few.Value!.Value, wide.Low, wide.High);
            if (estimator is not (SimplexSkewness or LocalPca or GraphLength))
                Assert.InRange((narrow.High - narrow.Low) / (wide.High - wide.Low), 0.2, 0.6);
        }
    }

    [Fact]
    public void The_posterior_lies_between_prior_and_likelihood()
    {
        DimensionEstimate posterior = new TwoNn { Fit = TwoNnFit.Bayes }.Estimate(PointCloud.Of(ReferenceClouds.Ball(50, 3, 5)), RunContext.Default);
        Assert.InRange(posterior.Value!.Value, 0.4, Value(new TwoNn { Fit = TwoNnFit.Likelihood }, ReferenceClouds.Ball(50, 3, 5)));
    }

    [Fact]
    public void Results_do_not_depend_on_threads()
    {
        double[][] rows = ReferenceClouds.Swiss(700, 3);
        foreach (IDimensionEstimator estimator in DimensionEstimators.All)
        {
            DimensionEstimate one = estimator.Estimate(PointCloud.Of(rows), new RunContext { Threads = 1, Seed = 4 }), many = estimator.Estimate(PointCloud.Of(rows), new RunContext { Threads = 7, Seed = 4 });
            Assert.Equal(one.Value, many.Value);
            Assert.Equal(one.Interval, many.Interval);
        }
    }

    private static double[] Rotated(double[] row, double angle) =>
        [Math.Cos(angle) * row[0] - Math.Sin(angle) * row[1], Math.Sin(angle) * row[0] + Math.Cos(angle) * row[1], row[2]];

    private static double Value(IDimensionEstimator estimator, double[][] rows) => Value(estimator, PointCloud.Of(rows));

    private static double Value(IDimensionEstimator estimator, PointCloud cloud)
    {
        DimensionEstimate found = estimator.Estimate(cloud, RunContext.Default);
        return found.Value ?? throw new InvalidOperationException($"{found.Estimator}: {found.Advice}");
    }
}
