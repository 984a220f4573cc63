using Crease.Geometry;
using Crease.Numerics;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Tables are written in bounded memory. Memory is that of the process, so no other test may run beside.</summary>
[Collection(nameof(RegionTableMemoryTests))]
[CollectionDefinition(nameof(RegionTableMemoryTests), DisableParallelization = true)]
public sealed class RegionTableMemoryTests
{
    // Bound: 8 MiB on top of the live bytes when ten groups were written; the rows in between, kept, would take 18 MB.
    [Fact]
    public void Live_memory_does_not_grow_with_the_number_of_rows()
    {
        const int Rows = 2_000, Few = 10 * Rows, Many = 100 * Rows;
        long few = 0, many = 0;
        var writer = new ParquetRegionWriter(new Sink(), Rows);
        PartitionTotals totals = Partitions.Random(384).Stream(Partitions.Box, region =>
        {
            writer.Add(region);
            if (region.Index + 1 == Few)
                few = GC.GetTotalMemory(forceFullCollection: true);
            if (region.Index + 1 == Many)
                many = GC.GetTotalMemory(forceFullCollection: true);
        }, new RunContext { Threads = 1 }, new CutOptions { MaxRegions = Many });
        Assert.Equal(Many, totals.Regions);
        Assert.True(many < few + (8 << 20), $"{many} bytes after {Many} rows, {few} after {Few}");
    }

    // Keeps its position and nothing else.
    private sealed class Sink : Stream
    {
        private long _position;

        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _position;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => _position += count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
