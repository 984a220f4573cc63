using Crease.Measures;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Values that scikit-dimension and DADApy give, or that an independent implementation verified, on clouds of a known generator.</summary>
public sealed class GoldenDimensionTests
{
    private static readonly PointCloud Small = PointCloud.Of(ReferenceClouds.Padded(ReferenceClouds.Ball(30, 5, 0), 10));

    /// <summary>Estimator and value on 30 points of a 5-ball in 10 dimensions.</summary>
    public static TheoryData<string, IDimensionEstimator, double> SmallValues => new()
    {
        { "MLE 20", new LevinaBickel(), 3.341161830518472 },
        { "MLE 5", new LevinaBickel { Neighbors = 5 }, 4.350132038093711 },
        { "MLE 20 k-2", new LevinaBickel { IsUnbiased = true }, 3.1653112078596046 },
        { "MLE 20 arithmetic", new LevinaBickel { Average = LocalAverage.Arithmetic }, 3.4389424541367437 },
        { "CorrInt", new CorrelationIntegral(), 2.9309171335492548 },
        { "MiND MLi", new Mind { Ranks = 20, IsWhole = true }, 4 },
        { "MiND MLk", new Mind { Ranks = 20 }, 3.69608354 },
        { "MiND MLk 10", new Mind(), 3.98327898 },
        { "ESS-a", new SimplexSkewness { NeighborhoodSize = 0 }, 5.08681575 },
        { "ESS-b", new SimplexSkewness { NeighborhoodSize = 0, UsesProjections = true }, 5.11274497 },
        { "TwoNN old", new TwoNn { Fit = TwoNnFit.LineBefore2024 }, 4.05496 },
        { "TwoNN old .05", new TwoNn { Fit = TwoNnFit.LineBefore2024, Discarded = 0.05 }, 4.11323 },
        { "TwoNN", new TwoNn(), 4.522311662 },
        { "TwoNN .05", new TwoNn { Discarded = 0.05 }, 4.634032719 },
        { "TwoNN ML", new TwoNn { Fit = TwoNnFit.Likelihood }, 4.767867671 },
        { "PCA FO", new LocalPca(), 5 },
        { "PCA Fan", new LocalPca { Rule = EigenvalueRule.Fan }, 3 },
        { "PCA maxgap", new LocalPca { Rule = EigenvalueRule.LargestGap }, 5 },
    };

    /// <summary>Cloud and the values of its row in the regression table.</summary>
    public static TheoryData<string, double[]> Rows => new()
    {
        { "ball 1", [1.141068, 1.120531, 1.003395, .950584, .994319, 1.024914, 1, 1] },
        { "ball 2", [1.981477, 2.007979, 1.890224, 1.790739, 1.875801, 1.936717, 1.999064, 2] },
        { "ball 10", [8.709012, 8.651468, 8.045971, 7.622499, 7.075456, 7.908301, 9.824500, 10] },
        { "swiss", [1.983516, 1.920106, 1.944171, 1.841846, 2.439785, 1.888670, 2.886725, 3] },
        { "sphere 10", [9.755408, 9.494146, 8.518794, 8.070436, 7.639401, 8.320417, 10.757815, 11] },
    };

    /// <summary>Cloud and the values of its row in the second table.</summary>
    public static TheoryData<string, double[]> RankRows => new()
    {
        { "ball 2", [2.00798, 2.04391, 1.87781, 1.87133, 1.89589, 2.026808, 1.934749, 1.973307] },
        { "ball 10", [8.65147, 8.90999, 8.10500, 8.05167, 7.49542, 8.356756, 8.381429, 8.496992] },
        { "swiss", [1.92011, 2.01838, 1.87788, 1.96758, 2.07684, 2.122189, 1.962485, 1.958481] },
    };

    [Fact]
    public void The_generator_is_the_reference()
    {
        Assert.Equal(0.5488135039273248, new ReferenceRandom(0).Uniform());
        Assert.Equal(1.764052345967664, new ReferenceRandom(0).Normal(), 14);
    }

    [Theory]
    [MemberData(nameof(SmallValues))]
    public void Values_of_the_test_cloud_are_reproduced(string name, IDimensionEstimator estimator, double expected) => Same(expected, estimator.Estimate(Small, RunContext.Default), name);

    [Fact]
    public void Local_values_of_the_test_cloud_are_reproduced()
    {
        double?[] local = [.. new Mada().Estimate(Small, RunContext.Default).Pointwise!.Value.Take(3)];
        Assert.Equal([2.73873109, 2.1619804, 2.29577097], local.Select(value => Math.Round(value!.Value, 8)));
    }

    // Printed by scikit-dimension's own test; the Swiss roll by DADApy's, on a cloud whose seed is not told.
    [Fact]
    public void Published_values_of_other_tools_are_met()
    {
        Assert.Equal(3.1975, new TightLocality().Estimate(Small, RunContext.Default).Pointwise!.Value[0]!.Value, 4);
        for (uint seed = 0; seed < 3; seed++)
            Assert.InRange(new TwoNn().Estimate(PointCloud.Of(ReferenceClouds.Swiss(5000, seed)), RunContext.Default).Value!.Value, 1.96 - 0.06, 1.96 + 0.06);
    }

    [Fact]
    public void Skewness_of_the_test_cloud_is_reproduced()
    {
        double[][] rows = ReferenceClouds.Padded(ReferenceClouds.Ball(30, 5, 0), 10);
        Assert.Equal(.88546915, new SimplexSkewness().Skewness(rows, 0), 8);
        Assert.Equal(.371001, new SimplexSkewness { UsesProjections = true }.Skewness(rows, 0), 6);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_regression_table_is_reproduced(string cloud, double[] expected)
    {
        IDimensionEstimator[] estimators =
        [
            new TwoNn(), new TwoNn { Fit = TwoNnFit.Likelihood }, new LevinaBickel(), new LevinaBickel { IsUnbiased = true }, new MethodOfMoments(), new CorrelationIntegral(),
            new LocalPca { Rule = EigenvalueRule.Participation }, new LocalPca(),
        ];
        PointCloud points = Cloud(cloud);
        for (int e = 0; e < estimators.Length; e++)
            Same(expected[e], estimators[e].Estimate(points, RunContext.Default), $"{cloud} {estimators[e].Name}");
    }

    [Theory]
    [MemberData(nameof(RankRows))]
    public void The_table_of_ranks_is_reproduced(string cloud, double[] expected)
    {
        IDimensionEstimator[] estimators =
        [
            new Gride { Rank = 1 }, new Gride { Rank = 2 }, new Gride { Rank = 4 }, new Gride { Rank = 8 }, new Gride { Rank = 16 }, new Mada(), new LevinaBickel { Neighbors = 10 }, new Mind(),
        ];
        PointCloud points = Cloud(cloud);
        for (int e = 0; e < estimators.Length; e++)
            Same(expected[e], estimators[e].Estimate(points, RunContext.Default), $"{cloud} {estimators[e].Name} {e}");
    }

    [Theory]
    [InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(10)]
    public void Danco_tells_the_dimension_of_small_balls(int d)
    {
        PointCloud ball = PointCloud.Of(ReferenceClouds.Ball(100, d, 0));
        var random = new ReferenceRandom(0);
        double[][][] balls = [.. Enumerable.Range(1, 11).Select(dimension => ReferenceClouds.Ball(100, dimension, random))];
        var danco = new Danco { Most = 11, IsWhole = true, GivenBalls = dimension => balls[dimension - 1] };
        Assert.Equal(d, danco.Estimate(ball, RunContext.Default).Value!.Value, 0.0);
    }

    private static PointCloud Cloud(string name) => PointCloud.Of(name switch
    {
        "ball 1" => ReferenceClouds.Ball(500, 1, 0),
        "ball 2" => ReferenceClouds.Ball(500, 2, 0),
        "ball 10" => ReferenceClouds.Ball(500, 10, 0),
        "swiss" => ReferenceClouds.Swiss(500, 0),
        _ => ReferenceClouds.Sphere(500, 10, 0),
    });

    // As many digits as are printed, and 1e-6 relative.
    private static void Same(double expected, DimensionEstimate found, string name)
    {
        // The reference maximizes the likelihood of MiND to about 1e-7 only.
        double tolerance = found.Estimator.StartsWith("mind", StringComparison.Ordinal) ? 1e-6 : 1e-15;
        double printed = Math.Pow(10, -Digits(expected));
        Assert.True(found.Value is double value && Math.Abs(value - expected) <= Math.Max(0.51 * printed, tolerance * expected), $"{name}: {found.Value:R} ({found.Advice}), expected {expected:R}");
    }

    private static int Digits(double value)
    {
        string text = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 6 : text.Length - point - 1;
    }
}
