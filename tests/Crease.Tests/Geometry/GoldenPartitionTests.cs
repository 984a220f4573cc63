using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Counts, smallest areas and boundary lengths of the partition specification's golden networks (G13).</summary>
public sealed class GoldenPartitionTests
{
    public static TheoryData<int[], uint, int, double, double, int> Golden => new()
    {
        { [2, 6, 6, 1], 0, 54, 1.08e-5, 0, 0 },
        { [2, 6, 6, 1], 1, 63, 2.18e-6, 0, 0 },
        { [2, 6, 6, 1], 2, 76, 2.20e-6, 0, 0 },
        { [2, 6, 6, 1], 3, 44, 6.99e-5, 4.606946592437, 10 },
        { [2, 6, 6, 1], 4, 52, 1.46e-4, 4.432217108195, 9 },
        { [2, 8, 8, 3], 0, 96, 8.33e-7, 8.009827258606, 24 },
        { [2, 8, 8, 3], 1, 113, 1.35e-7, 3.697476882688, 12 },
        { [2, 8, 8, 3], 2, 87, 5.76e-5, 4.018143115837, 6 },
        { [2, 8, 8, 3], 4, 102, 9.77e-7, 0, 0 },
        { [2, 5, 5, 5, 5, 1], 0, 100, 5.10e-5, 0, 0 },
        { [2, 5, 5, 5, 5, 1], 2, 78, 7.86e-5, 5.565349566116, 8 },
        { [2, 5, 5, 5, 5, 1], 3, 55, 8.49e-6, 6.170157644634, 7 },
        { [2, 5, 5, 5, 5, 1], 4, 65, 7.66e-6, 7.364036427998, 10 },
    };

    [Fact]
    public void Reference_stream_is_that_of_numpy()
    {
        Assert.Equal(0.5488135039273248, new NumpyRandom(0).Uniform());
        Assert.Equal(1.764052345967664, new NumpyRandom(0).Normal());
        var dense = (Dense)SmallNetworks.Golden(0, 2, 8, 8, 3).Nodes[^1].Layer;
        Assert.Equal([0.18821277, -0.54970040, 0.14911909], dense.Bias!.Values.ToArray(), (x, y) => Math.Abs(x - y) < 1e-8);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_networks_have_the_published_partition(int[] widths, uint seed, int regions, double smallest, double length, int segments)
    {
        Partition partition = new PlanarPartitioner(SmallNetworks.Golden(seed, widths))
            .Cut(Slice.Box(-2, 2, -2, 2), options: new CutOptions { Boundary = true });
        Assert.Equal(regions, partition.RegionCount);
        Assert.Equal(1, partition.EulerCharacteristic);
        Assert.Equal(smallest, partition.Areas.ToArray().Min(), smallest * 0.01);
        Assert.Equal(length, partition.Boundary!.Length, 1e-9);
        Assert.Equal(segments, partition.Boundary.SegmentCount);
    }
}
