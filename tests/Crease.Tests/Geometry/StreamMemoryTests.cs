using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Streaming keeps nothing. Memory is that of the process, so no other test may run beside.</summary>
[Collection(nameof(StreamMemoryTests))]
[CollectionDefinition(nameof(StreamMemoryTests), DisableParallelization = true)]
public sealed class StreamMemoryTests
{
    // Bound: 4 MiB on top of the live bytes after the first 20,000 regions; kept, the regions in between would take more than 27 MB.
    [Fact]
    public void Live_memory_does_not_grow_with_the_number_of_regions()
    {
        const int Few = 20_000, Many = 200_000;
        long few = 0, many = 0;
        var partitioner = new PlanarPartitioner(SmallNetworks.Random(3, PiecewiseLinear.Relu, 2, 384, 384, 1));
        PartitionTotals totals = partitioner.Stream(Slice.Box(-10, 10, -10, 10), region =>
        {
            if (region.Index + 1 == Few)
                few = GC.GetTotalMemory(forceFullCollection: true);
            if (region.Index + 1 == Many)
                many = GC.GetTotalMemory(forceFullCollection: true);
        }, new RunContext { Threads = 1 }, new CutOptions { MaxRegions = Many });
        Assert.Equal(Many, totals.Regions);
        Assert.True(many < few + (4 << 20), $"{many} bytes after {Many} regions, {few} after {Few}");
    }
}
