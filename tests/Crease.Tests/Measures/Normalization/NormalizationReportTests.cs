using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The whole report, on networks of every kind.</summary>
public sealed class NormalizationReportTests
{
    private static readonly NormalizationOptions Few = new() { DistanceSamples = 4, Pairs = 20, Jitter = new JitterOptions { BatchSizes = [4, 16], Batches = 5, Probes = 6 } };

    [Fact]
    public void Every_network_of_the_corpus_has_a_report_of_finite_numbers()
    {
        int made = 0;
        foreach (string name in PartitionCorpus.Names)
        {
            Network network = PartitionCorpus.Network(name);
            if (NormalizationSite.Of(network).IsEmpty)
                continue;
            NormalizationReport report = NormalizationReport.Of(network, Rows(network, 60), Few);
            Assert.Equal(report.HasOwn ? 3 : 2, report.Distances.Length);
            Assert.All(report.Fits, fit => Assert.True(double.IsFinite(fit.LargestError + fit.OwnOffset + fit.Spread), $"{name}: {fit}"));
            Assert.All(report.SameClass.Concat(report.OtherClass), each => Assert.InRange(each.Law, 0, 1));
            Assert.Equal(2, report.Jitter.Sizes.Length);
            made++;
        }
        Assert.True(made > 12);
    }

    [Fact]
    public void Smooth_networks_are_measured_without_distances_and_say_so()
    {
        var random = new RandomSource(1);
        var builder = new NetworkBuilder("smooth");
        int at = builder.Add(new Dense(random.Normals(12), random.Normals(6), new Shape(2)), builder.Input("x", new Shape(2)));
        at = builder.Add(new BatchNormalization(new Shape(6), random.Normals(6), random.Normals(6), random.Normals(6), new double[] { 1, 1, 2, 2, 3, 3 }, 1e-5), at);
        at = builder.Add(SmoothFunction.Gelu(new Shape(6)), at);
        NormalizationReport report = NormalizationReport.Of(builder.Build(builder.Add(new Dense(random.Normals(12), null, new Shape(6)), at)), Rows(null, 40), Few);
        Assert.Empty(report.Distances);
        Assert.Contains("left out", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.InRange(Assert.Single(report.Fits).LargestError, 0, 1e-10);
    }

    [Fact]
    public void Two_normalizations_of_one_value_keep_their_own_gains()
    {
        var random = new RandomSource(2);
        var builder = new NetworkBuilder("twice");
        int dense = builder.Add(new Dense(random.Normals(6), random.Normals(3), new Shape(2)), builder.Input("x", new Shape(2)));
        int Normal(double gain) => builder.Add(new BatchNormalization(new Shape(3), new[] { gain, gain, gain }, new double[3], new double[3], new double[] { 1, 1, 1 }, 1e-5), dense);
        Network network = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(3)), builder.Add(new Sum(new Shape(3), 1, 1), Normal(2), Normal(5))));
        BatchNormalized batch = BatchNormalized.Of(network, random.Normals(40), 20);
        Assert.Equal([2.0, 5], Enumerable.Range(0, 2).Select(site => batch.Layer(site).Gain.Values[0]));
        Assert.Equal(batch.Statistics[0].Means, batch.Statistics[1].Means);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused_in_one_line()
    {
        Network network = SmallNetworks.Golden(0, 2, 6, 2);
        foreach (double[][] rows in new double[][][] { [[1, 2]], [[1, 2, 3], [1, 2, 3]], [[1, 2], [1, double.PositiveInfinity]] })
            Assert.DoesNotContain('\n', Assert.Throws<ArgumentException>(() => NormalizationReport.Of(network, new DataSet("rows", rows, null), Few)).Message);
        NormalizationReport constant = NormalizationReport.Of(network, new DataSet("same", [.. Enumerable.Range(0, 5).Select(_ => new double[] { 1, 2 })], null), Few);
        Assert.Contains(constant.Warnings, warning => warning.Contains("constant on this data", StringComparison.Ordinal));
        Assert.Null(constant.Jitter.Slope);
    }

    private static DataSet Rows(Network? network, int count)
    {
        var random = new RandomSource(3);
        int size = network?.InputShape.Size ?? 2;
        return new DataSet("rows", [.. Enumerable.Range(0, count).Select(_ => random.Normals(size))], [.. Enumerable.Range(0, count).Select(i => i % 3)]);
    }
}
