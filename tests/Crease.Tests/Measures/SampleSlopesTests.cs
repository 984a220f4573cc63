using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Slope norms at samples are those of the regions in which the samples lie.</summary>
public sealed class SampleSlopesTests
{
    [Fact]
    public void They_are_the_norms_of_the_regions_maps()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        Partition partition = new PlanarPartitioner(network).Cut(Slice.Box(-1, 1, -1, 1));
        double[][] centers = [.. Enumerable.Range(0, partition.RegionCount).Select(r => (double[])[partition.Center(r).X, partition.Center(r).Y])];
        double[] norms = SampleSlopes.Norms(new ReverseSweep(network), centers);
        for (int r = 0; r < partition.RegionCount; r++)
            Assert.Equal(partition.SlopeNorms[r], norms[r], 1e-9 * (1 + norms[r]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void They_do_not_depend_on_the_number_of_threads(int threads)
    {
        Network network = SmallNetworks.Golden(1, 5, 30, 30, 4);
        var random = new RandomSource(1);
        double[][] points = [.. Enumerable.Range(0, 300).Select(_ => (double[])[random.Normal(), random.Normal(), random.Normal(), random.Normal(), random.Normal()])];
        Assert.Equal(SampleSlopes.Norms(new ReverseSweep(network), points, new RunContext { Threads = 2 }), SampleSlopes.Norms(new ReverseSweep(network), points, new RunContext { Threads = threads }));
        Assert.Empty(SampleSlopes.Norms(new ReverseSweep(network), []));
    }
}
