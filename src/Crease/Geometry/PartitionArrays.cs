using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The flat arrays of a partition while it is assembled; owned by the partition afterwards.</summary>
internal sealed class PartitionArrays
{
    public required ReadOnlyMemory<double> Vertices { get; init; }

    public required int[] FirstHalfEdges { get; init; }

    public required int[] Origins { get; init; }

    public required int[] Twins { get; init; }

    public required int[] Creases { get; init; }

    public required double[] Areas { get; init; }

    public required int[] Classes { get; init; }

    public required double[] SlopeNorms { get; init; }

    public required ulong[] CodeHashes { get; init; }

    // The first layer at which a region's code differs from that of the region before it: parents by counting.
    public required ushort[] NewFromLayer { get; init; }

    public required int EdgeCount { get; init; }

    public int? DistinctAffineMaps { get; init; }

    public DecisionBoundary? Boundary { get; init; }

    public Status Status { get; set; }

    public long ExactDecisions { get; set; }

    public double RoundingBound { get; set; }

    // Whether pieces of an envelope were put in order by position because several functions tied along one line.
    public bool UsesPositions { get; init; }

    public Cost Cost { get; set; }

    public long Bytes => 8L * (Vertices.Length + Areas.Length + SlopeNorms.Length + CodeHashes.Length)
        + 4L * (FirstHalfEdges.Length + Origins.Length + Twins.Length + Creases.Length + Classes.Length) + 2L * NewFromLayer.Length;
}
