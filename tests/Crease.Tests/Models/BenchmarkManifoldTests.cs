using Crease.Measures;
using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>The manifolds of the benchmark against their equations and against estimates of their dimension.</summary>
public sealed class BenchmarkManifoldTests
{
    public static TheoryData<string> Names => [.. BenchmarkManifold.Names];

    /// <summary>Manifolds of few dimensions: name and how far the estimate may be off, as a share.</summary>
    public static TheoryData<string, double> Low => new() { { "M2", 0.1 }, { "M3", 0.2 }, { "M4", 0.15 }, { "M5", 0.15 }, { "M7", 0.1 }, { "M11", 0.1 }, { "M13a", 0.1 }, { "M13b", 0.1 }, { "Mp1", 0.15 } };

    [Theory]
    [MemberData(nameof(Names))]
    public void Points_have_the_columns_and_span_the_dimensions_they_should(string name)
    {
        var manifold = new BenchmarkManifold { Manifold = name };
        DataSet data = manifold.Draw(400, new RandomSource(1));
        Assert.All(data.Inputs, row => Assert.Equal(manifold.Columns, row.Length));
        // A manifold of dimension d spans at least d directions, and of what only copies others there are no more.
        double[] variances = PrincipalVariances.Of(data.Inputs, false, RunContext.Default).Values;
        Assert.InRange(variances.Count(value => value > 0), manifold.Dimension, manifold.Columns);
    }

    [Theory]
    [MemberData(nameof(Low))]
    public void Estimates_find_low_dimensions(string name, double off)
    {
        var manifold = new BenchmarkManifold { Manifold = name };
        PointCloud cloud = PointCloud.Of(manifold.Draw(2500, new RandomSource(2)).Inputs);
        Assert.InRange(new TwoNn { Fit = TwoNnFit.Likelihood }.Estimate(cloud, RunContext.Default).Value!.Value / manifold.Dimension, 1 - off, 1 + off);
    }

    [Fact]
    public void Points_fulfil_their_equations()
    {
        Assert.All(Rows("M1"), row => Assert.Equal(1, row.Sum(x => x * x), 1e-12));
        Assert.All(Rows("M10a"), row => Assert.True(row.Any(x => x is 0 or 1) && row.All(x => x is >= 0 and <= 1)));
        Assert.All(Rows("M6"), row => Assert.Equal(row[..12], row[24..]));
        Assert.All(Rows("M13b"), row => Assert.Equal(100, Math.Sqrt(row[0] * row[0] + row[1] * row[1]), 1e-9));
        Assert.All(Rows("Mp1"), row => Assert.Equal(row[3], row[0] * row[0] + row[1] * row[1] + row[2] * row[2], 1e-12));
        Assert.All(Rows("Mbeta"), row => Assert.InRange(row[10], 0, 1));
    }

    [Fact]
    public void A_set_is_named_in_words() => Assert.Equal(12, DataSource.Load("synthetic:manifold,name=Mp1,samples=20").Inputs[0].Length);

    [Fact]
    public void Unknown_names_are_refused() => Assert.Contains("expected M1 or M2", Assert.Throws<FormatException>(() => DataSource.Load("synthetic:manifold,name=M99")).Message, StringComparison.Ordinal);

    private static double[][] Rows(string name) => new BenchmarkManifold { Manifold = name }.Draw(200, new RandomSource(3)).Inputs;
}
