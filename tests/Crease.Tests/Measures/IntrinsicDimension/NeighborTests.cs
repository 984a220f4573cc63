using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The neighbor search against a scan of all pairs, bit for bit.</summary>
public sealed class NeighborTests
{
    /// <summary>Points and neighbors.</summary>
    public static TheoryData<string, int> Cases => new()
    {
        { "uniform", 1 }, { "uniform", 20 }, { "uniform", 299 }, { "more than a block", 5 }, { "more than a block", 100 }, { "grid", 8 }, { "far clusters", 12 }, { "wide", 7 }, { "exactly a block", 3 }, { "far from zero", 4 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Neighbors_are_those_of_a_scan(string name, int neighbors)
    {
        double[][] rows = Rows(name);
        foreach (int threads in new[] { 1, 3 })
        {
            NeighborTable found = new EuclideanDistances(rows).Nearest(neighbors, new RunContext { Threads = threads });
            for (int i = 0; i < rows.Length; i++)
            {
                (double Distance, int Index)[] all = [.. Enumerable.Range(0, rows.Length).Where(j => j != i).Select(j => (Math.Sqrt(RowDistance.Squared(rows[i], rows[j])), j)).Order().Take(neighbors)];
                Assert.Equal(all.Select(pair => pair.Distance), found.Distances(i).ToArray());
                // Square roots of different numbers may be equal: then any order of the two is right.
                if (all.Select(pair => pair.Distance).Distinct().Count() == neighbors)
                    Assert.Equal(all.Select(pair => pair.Index), found.Indices(i).ToArray());
            }
        }
    }

    [Fact]
    public void Usual_points_need_no_scan()
    {
        var distances = new EuclideanDistances(Rows("more than a block"));
        distances.Nearest(10, RunContext.Default);
        Assert.Equal(0, distances.Scanned);
    }

    [Fact]
    public void Points_that_products_cannot_tell_apart_are_scanned()
    {
        var distances = new EuclideanDistances(Rows("far clusters"));
        distances.Nearest(12, RunContext.Default);
        Assert.True(distances.Scanned > 0);
    }

    [Theory]
    [InlineData("uniform"), InlineData("more than a block"), InlineData("grid"), InlineData("far clusters")]
    public void Close_pairs_are_those_of_a_scan(string name)
    {
        double[][] rows = Rows(name);
        var distances = new EuclideanDistances(rows);
        // Distances that occur, so that "strictly less" is decided.
        double[] radii = [distances.Distance(0, 1), distances.Distance(2, 9), 0.5 * distances.Distance(3, 4)];
        var scanned = new ScannedDistances(rows.Length, distances.Distance);
        Assert.Equal(scanned.CloserThan(radii, RunContext.Default), distances.CloserThan(radii, RunContext.Default));
    }

    [Fact]
    public void Metrics_keep_their_laws()
    {
        double[][] rows = ReferenceClouds.Cube(40, 3, 1);
        foreach (Metric metric in Enum.GetValues<Metric>())
        {
            for (int i = 0; i < 38; i++)
            {
                double ab = RowDistance.Of(metric, rows[i], rows[i + 1]), ba = RowDistance.Of(metric, rows[i + 1], rows[i]), bc = RowDistance.Of(metric, rows[i + 1], rows[i + 2]), ac = RowDistance.Of(metric, rows[i], rows[i + 2]);
                Assert.Equal(ab, ba);
                Assert.True(ab > 0 && ac <= ab + bc + 1e-12);
                Assert.Equal(0, RowDistance.Of(metric, rows[i], rows[i]), 1e-12);
            }
        }
        Assert.Equal(0.2, RowDistance.Of(Metric.PeriodicUnitCube, [0.9], [0.1]), 1e-12);
        Assert.Equal(Math.PI / 2, RowDistance.Of(Metric.Angular, [0, 2], [5, 0]), 1e-12);
    }

    [Fact]
    public void Scans_by_a_metric_give_what_products_give()
    {
        double[][] rows = Rows("uniform");
        NeighborTable products = new EuclideanDistances(rows).Nearest(9, RunContext.Default);
        NeighborTable scan = new ScannedDistances(rows.Length, (a, b) => RowDistance.Of(Metric.Euclidean, rows[a], rows[b])).Nearest(9, RunContext.Default);
        for (int i = 0; i < rows.Length; i++)
            Assert.Equal(scan.Distances(i).ToArray(), products.Distances(i).ToArray());
    }

    [Theory]
    [InlineData(0), InlineData(300)]
    public void More_neighbors_than_points_are_refused(int neighbors) =>
        Assert.Contains("expected 1 to 299 for 300 points", Assert.Throws<ArgumentOutOfRangeException>(() => new EuclideanDistances(Rows("uniform")).Nearest(neighbors, RunContext.Default)).Message, StringComparison.Ordinal);

    private static double[][] Rows(string name) => name switch
    {
        "uniform" => ReferenceClouds.Cube(300, 3, 0),
        "more than a block" => ReferenceClouds.Ball(700, 5, 0),
        "grid" => [.. Enumerable.Range(0, 400).Select(i => new double[] { i % 20, i / 20 })],
        "far clusters" => [.. ReferenceClouds.Cube(300, 3, 0).Select((row, i) => Array.ConvertAll(row, x => 1e-10 * x + i % 2))],
        "wide" => ReferenceClouds.Cube(90, 300, 0),
        "exactly a block" => ReferenceClouds.Cube(512, 2, 0),
        _ => [.. ReferenceClouds.Cube(300, 3, 0).Select(row => Array.ConvertAll(row, x => x + 1e6))],
    };
}
