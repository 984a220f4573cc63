using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Maps of neighbors: what each row asks for, the gradient, the descent, and clusters that stay apart.</summary>
public sealed class NeighborMapTests
{
    [Theory]
    [InlineData(5, 119)]
    [InlineData(30, 119)]
    [InlineData(12, 36)]
    public void Each_row_reaches_the_perplexity(double perplexity, int neighbors)
    {
        (double[][] rows, _) = Clouds.Of(3, 40, 6, 4);
        Affinities found = Affinities.Of(rows, perplexity, neighbors, RunContext.Default);
        Assert.All(found.Perplexities, reached => Assert.Equal(perplexity, reached, 1e-6));
        Assert.Equal(1, found.Weights.Sum(), 1e-12);
        var weights = new Dictionary<(int, int), double>();
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = found.Starts[i]; k < found.Starts[i + 1]; k++)
                weights.Add((i, found.Others[k]), found.Weights[k]);
        }
        Assert.All(weights, pair => Assert.Equal(pair.Value, weights[(pair.Key.Item2, pair.Key.Item1)], 1e-15));
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        (double[][] rows, _) = Clouds.Of(3, 8, 4, 3);
        var gradient = new NeighborGradient(Affinities.Of(rows, 5, rows.Length - 1, RunContext.Default), null);
        var random = new RandomSource(3);
        double[] x = [.. rows.Select(_ => random.Normal())], y = [.. rows.Select(_ => random.Normal())], gx = new double[x.Length], gy = new double[x.Length], unused = new double[x.Length];
        gradient.At(x, y, 1, gx, gy, RunContext.Default);
        const double Step = 1e-5;
        for (int i = 0; i < x.Length; i++)
        {
            foreach ((double[] axis, double slope) in new[] { (x, gx[i]), (y, gy[i]) })
            {
                double at = axis[i];
                axis[i] = at + Step;
                double above = gradient.At(x, y, 1, unused, new double[x.Length], RunContext.Default);
                axis[i] = at - Step;
                double below = gradient.At(x, y, 1, unused, new double[x.Length], RunContext.Default);
                axis[i] = at;
                Assert.Equal((above - below) / (2 * Step), slope, 1e-8);
            }
        }
    }

    [Theory]
    [InlineData(0, 1e-10)]
    [InlineData(0.5, 0.02)]
    public void Groups_push_about_as_all_pairs_do(double openness, double tolerance)
    {
        (double[][] rows, _) = Clouds.Of(4, 60, 5, 3);
        // Two rows in one place share a leaf.
        rows[7] = rows[3];
        var random = new RandomSource(3);
        double[] x = [.. rows.Select(row => 10 * row[0])], y = [.. rows.Select(row => 10 * row[1])];
        Affinities affinities = Affinities.Of(rows, 15, rows.Length - 1, RunContext.Default);
        double[] gx = new double[x.Length], gy = new double[x.Length], hx = new double[x.Length], hy = new double[x.Length];
        double exact = new NeighborGradient(affinities, null).At(x, y, 1, gx, gy, RunContext.Default), grouped = new NeighborGradient(affinities, openness).At(x, y, 1, hx, hy, RunContext.Default);
        double size = Math.Sqrt(gx.Concat(gy).Sum(slope => slope * slope)), error = Math.Sqrt(gx.Concat(gy).Zip(hx.Concat(hy), (a, b) => (a - b) * (a - b)).Sum());
        Assert.True(error <= tolerance * size, $"{error} of {size}");
        Assert.Equal(exact, grouped, tolerance * exact);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(0)]
    public void Clusters_stay_apart_and_the_loss_falls(int mostExact)
    {
        (double[][] rows, string[] labels) = Clouds.Of(4, 50, 8, 5);
        NeighborMap map = NeighborMap.Of(rows, new NeighborMapOptions { Perplexity = 15, Steps = 600, MostExactRows = mostExact }, RunContext.Default);
        double[][] places = [.. map.Xs.Zip(map.Ys, (x, y) => new[] { x, y })];
        Assert.Equal(mostExact > 0, map.IsExact);
        Assert.True(LabelAgreement.Of(places, labels, 10, RunContext.Default) > 0.98);
        Assert.InRange(LabelAgreement.OfChance(labels), 0.2, 0.25);
        double[] after = [.. map.Losses.Where(point => point.Step > 250).Select(point => point.Loss)];
        for (int i = 1; i < after.Length; i++)
            Assert.True(after[i] <= after[i - 1] + 1e-3, string.Join(", ", after));
        Assert.True(after[^1] < map.Losses[0].Loss / 2);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        (double[][] rows, _) = Clouds.Of(3, 60, 5, 3);
        foreach (int mostExact in new[] { 0, 5000 })
        {
            var options = new NeighborMapOptions { Steps = 300, MostExactRows = mostExact };
            NeighborMap one = NeighborMap.Of(rows, options, new RunContext { Threads = 1 }), several = NeighborMap.Of(rows, options, new RunContext { Threads = 4 });
            Assert.Equal(one.Xs, several.Xs);
            Assert.Equal(one.Losses, several.Losses);
        }
    }

    [Fact]
    public void Equal_rows_and_few_rows_are_told_apart_from_what_cannot_be()
    {
        double[][] rows = [.. Enumerable.Range(0, 12).Select(i => new double[] { i < 6 ? 1 : 2, 0 })];
        NeighborMap map = NeighborMap.Of(rows, new NeighborMapOptions { Steps = 300 }, RunContext.Default);
        Assert.All(map.Xs.Concat(map.Ys), place => Assert.True(double.IsFinite(place)));
        Assert.Contains("at least 7", Assert.Throws<ArgumentException>(() => NeighborMap.Of(rows[..6], new NeighborMapOptions(), RunContext.Default)).Message);
        Assert.Contains("2 to 3.67", Assert.Throws<ArgumentException>(() => NeighborMap.Of(rows, new NeighborMapOptions { Perplexity = 5 }, RunContext.Default)).Message);
    }
}
