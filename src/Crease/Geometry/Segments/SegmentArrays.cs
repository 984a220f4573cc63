using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The flat arrays of a cut segment; owned by the partition.</summary>
internal sealed class SegmentArrays
{
    // Two maps are equal when they differ by no more than rounding, relative to their largest entry; as for planar partitions.
    private const double MapTolerance = 1e-9;

    public SegmentArrays(SegmentBuffer buffer, double from, int outputs, Status status)
    {
        Ends = [from, .. buffer.To];
        Slopes = [.. buffer.Slopes];
        Offsets = [.. buffer.Offsets];
        SlopeNorms = [.. buffer.SlopeNorms];
        Classes = [.. buffer.Classes];
        CodeHashes = [.. buffer.Hashes];
        NewFromLayer = [.. buffer.NewFrom];
        FirstCreases = [0, .. buffer.CreaseEnds];
        Creases = [.. buffer.Creases];
        Status = status;
        DistinctAffineMaps = Math.Min(1, buffer.Regions);
        for (int r = 1; r < buffer.Regions; r++)
            DistinctAffineMaps += AreEqual(r - 1, r, outputs) ? 0 : 1;
    }

    public double[] Ends { get; }

    public double[] Slopes { get; }

    public double[] Offsets { get; }

    public double[] SlopeNorms { get; }

    public int[] Classes { get; }

    public ulong[] CodeHashes { get; }

    // The first layer at which a region's code differs from that of the region before it.
    public ushort[] NewFromLayer { get; }

    public int[] FirstCreases { get; }

    public int[] Creases { get; }

    public int DistinctAffineMaps { get; }

    public SegmentBoundary? Boundary { get; init; }

    public Status Status { get; }

    public long ExactDecisions { get; init; }

    public Cost Cost { get; set; }

    public long Bytes => 8L * (Ends.Length + Slopes.Length + Offsets.Length + SlopeNorms.Length + CodeHashes.Length)
        + 4L * (Classes.Length + FirstCreases.Length + Creases.Length) + 2L * NewFromLayer.Length;

    private bool AreEqual(int p, int q, int outputs)
    {
        ReadOnlySpan<double> slopes = Slopes.AsSpan(p * outputs, outputs), offsets = Offsets.AsSpan(p * outputs, outputs);
        ReadOnlySpan<double> otherSlopes = Slopes.AsSpan(q * outputs, outputs), otherOffsets = Offsets.AsSpan(q * outputs, outputs);
        double scale = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude(slopes)), Math.Abs(TensorPrimitives.MaxMagnitude(offsets)));
        return Differs(slopes, otherSlopes) <= MapTolerance * scale && Differs(offsets, otherOffsets) <= MapTolerance * scale;
    }

    private static double Differs(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double largest = 0;
        for (int o = 0; o < p.Length; o++)
            largest = Math.Max(largest, Math.Abs(p[o] - q[o]));
        return largest;
    }
}
