using Crease.Measures;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Bad points: counted, refused or a status with advice, and never a number that is none.</summary>
public sealed class PointCloudTests
{
    private static readonly RunContext Run = RunContext.Default;

    /// <summary>Clouds that leave some or all estimates undefined.</summary>
    public static TheoryData<string> Clouds => ["none", "one", "two", "three", "line of three", "all equal", "grid", "simplex", "constant columns", "rank one", "more columns than points", "tiny", "huge", "two far clusters"];

    // A7.4
    [Fact]
    public void Duplicates_are_counted_and_left_out_or_refused()
    {
        double[][] rows = ReferenceClouds.Ball(100, 3, 0), doubled = [.. rows, .. rows[..10]];
        PointCloud cloud = PointCloud.Of(doubled);
        Assert.Equal((100, 10, 110), (cloud.Count, cloud.Duplicates, cloud.Given));
        Assert.Equal(new TwoNn().Estimate(PointCloud.Of(rows), Run).Value, new TwoNn().Estimate(cloud, Run).Value);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => PointCloud.Of(doubled, duplicates: DuplicatePolicy.Refuse));
        Assert.StartsWith("Row 100 repeats row 0, one of 10 such rows", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_and_minus_zero_are_the_same_point() => Assert.Equal(1, PointCloud.Of([[0.0, 1], [-0.0, 1]]).Duplicates);

    [Fact]
    public void Rows_that_are_not_finite_are_counted_and_left_out()
    {
        double[][] rows = ReferenceClouds.Ball(50, 3, 0);
        PointCloud cloud = PointCloud.Of([.. rows, [double.NaN, 0, 0], [0, double.PositiveInfinity, 0]]);
        Assert.Equal((50, 2), (cloud.Count, cloud.NotFinite));
        Assert.Equal(50, cloud.Origins[^1] + 1);
    }

    [Fact]
    public void Rows_of_different_lengths_are_refused() =>
        Assert.StartsWith("Row 1 has 1 numbers; expected 2, as in row 0", Assert.Throws<ArgumentException>(() => PointCloud.Of([[1.0, 2], [1.0]])).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Every_estimate_is_a_finite_number_or_a_status_with_advice(string name)
    {
        PointCloud cloud = PointCloud.Of(Rows(name));
        foreach (DimensionEstimate found in DimensionComparison.Of(cloud, DimensionEstimators.All, Run))
        {
            if (found.Status == DimensionStatus.Found)
                Assert.True(found.Value is >= 0 and < 1e9 && found.Advice.Length == 0, $"{found.Estimator} on {name}: {found.Value}");
            else
                Assert.True(found.Value is null && found.Interval is null && found.Advice.Length > 20, $"{found.Estimator} on {name}: {found.Value} '{found.Advice}'");
            Assert.True(found.Interval is not { } interval || (double.IsFinite(interval.Low) && double.IsFinite(interval.High)), $"{found.Estimator} on {name}: {found.Interval}");
            Assert.True(found.Pointwise is not { } local || local.All(value => value is null || double.IsFinite(value.Value)), $"{found.Estimator} on {name}");
        }
        Assert.All(DimensionScales.OfRanks(cloud, 64, Run), scale => Assert.True(double.IsFinite(scale.Distance)));
        Assert.All(DimensionScales.OfBlocks(cloud, 8, Run), scale => Assert.True(double.IsFinite(scale.Distance)));
    }

    [Fact]
    public void A_neighborhood_that_is_the_whole_cloud_has_no_interval()
    {
        DimensionEstimate whole = new SimplexSkewness().Estimate(PointCloud.Of(ReferenceClouds.Ball(100, 3, 0)), Run), parts = new SimplexSkewness().Estimate(PointCloud.Of(ReferenceClouds.Ball(300, 3, 0)), Run);
        Assert.NotNull(whole.Value);
        Assert.Null(whole.Interval);
        Assert.NotNull(parts.Interval);
    }

    [Fact]
    public void Constant_columns_are_counted_and_change_nothing()
    {
        double[][] rows = ReferenceClouds.Ball(80, 3, 0);
        PointCloud padded = PointCloud.Of(ReferenceClouds.Padded(rows, 9));
        Assert.Equal(6, padded.ConstantColumns);
        Assert.Equal(new LevinaBickel().Estimate(PointCloud.Of(rows), Run).Value, new LevinaBickel().Estimate(padded, Run).Value);
    }

    [Fact]
    public void Size_of_the_numbers_changes_nothing()
    {
        double[][] rows = ReferenceClouds.Ball(80, 3, 0);
        double expected = new TwoNn().Estimate(PointCloud.Of(rows), Run).Value!.Value;
        foreach (double size in new[] { 1e-300, 1e-150, 1e150, 1e307 })
            Assert.Equal(expected, new TwoNn().Estimate(PointCloud.Of([.. rows.Select(row => Array.ConvertAll(row, x => size * x))]), Run).Value!.Value, 1e-9);
    }

    [Fact]
    public void Given_distances_give_what_the_points_give()
    {
        double[][] rows = ReferenceClouds.Swiss(200, 1);
        double[][] distances = [.. rows.Select(a => rows.Select(b => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum())).ToArray())];
        PointCloud points = PointCloud.Of(rows), given = PointCloud.OfDistances(distances);
        foreach (IDimensionEstimator estimator in new IDimensionEstimator[] { new TwoNn(), new Gride { Rank = 4 }, new LevinaBickel(), new CorrelationIntegral(), new Mada() })
            Assert.Equal(estimator.Estimate(points, Run).Value!.Value, estimator.Estimate(given, Run).Value!.Value, 1e-9);
        DimensionEstimate refused = new FisherSeparability().Estimate(given, Run);
        Assert.Equal(DimensionStatus.NeedsCoordinates, refused.Status);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(-1), InlineData(7)]
    public void Matrices_that_are_no_distances_are_refused(double wrong) =>
        Assert.Contains("expected a symmetric matrix", Assert.Throws<ArgumentException>(() => PointCloud.OfDistances([[0, wrong], [1, 0]])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_curved_and_noisy_line_has_a_dimension_that_falls_with_the_scale()
    {
        var random = new ReferenceRandom(0);
        double[][] rows = [.. Enumerable.Range(0, 2000).Select(_ => random.Uniform() * 40).Select(t => new[] { t + 0.02 * random.Normal(), 0.02 * random.Normal(), 0.02 * random.Normal() })];
        PointCloud cloud = PointCloud.Of(rows);
        string? ranks = DimensionScales.Remark(DimensionScales.OfRanks(cloud, 256, Run)), blocks = DimensionScales.Remark([.. DimensionScales.OfBlocks(cloud, 64, Run)]);
        Assert.StartsWith("the dimension falls with the scale", ranks, StringComparison.Ordinal);
        Assert.StartsWith("the dimension falls with the scale", blocks, StringComparison.Ordinal);
        Assert.Null(DimensionScales.Remark(DimensionScales.OfRanks(PointCloud.Of(ReferenceClouds.Cube(2000, 2, 0)), 32, Run)));
    }

    private static double[][] Rows(string name) => name switch
    {
        "none" => [],
        "one" => [[1, 2]],
        "two" => [[1, 2], [2, 3]],
        "three" => [[1, 2], [2, 3], [0, 7]],
        "line of three" => [[1], [2], [3]],
        "all equal" => [.. Enumerable.Range(0, 50).Select(_ => new double[] { 4, 4 })],
        "grid" => [.. Enumerable.Range(0, 400).Select(i => new double[] { i % 20, i / 20 })],
        "simplex" => [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 40).Select(j => i == j ? 1.0 : 0).ToArray())],
        "constant columns" => ReferenceClouds.Padded(ReferenceClouds.Ball(150, 2, 0), 5),
        "rank one" => [.. ReferenceClouds.Ball(150, 1, 0).Select(row => new[] { row[0], 2 * row[0], -row[0] })],
        "more columns than points" => ReferenceClouds.Ball(25, 40, 0),
        "tiny" => [.. ReferenceClouds.Ball(150, 2, 0).Select(row => Array.ConvertAll(row, x => 1e-310 * x))],
        "huge" => [.. ReferenceClouds.Ball(150, 2, 0).Select(row => Array.ConvertAll(row, x => 1.7e308 * x))],
        _ => [.. ReferenceClouds.Ball(150, 2, 0).Select((row, i) => Array.ConvertAll(row, x => 1e-9 * x + i % 2))],
    };
}
