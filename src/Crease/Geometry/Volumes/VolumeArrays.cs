using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The flat arrays of a volume partition; owned by it.</summary>
internal sealed class VolumeArrays
{
    public required double[] Vertices { get; init; }

    public required int[] FirstCorners { get; init; }

    public required int[] FaceCorners { get; init; }

    public required int[] FaceCreases { get; init; }

    public required int[] FaceRegions { get; init; }

    public required int[] FirstFaces { get; init; }

    public required int[] RegionFaces { get; init; }

    public required double[] Volumes { get; init; }

    public required int[] Classes { get; init; }

    public required double[] SlopeNorms { get; init; }

    public required ulong[] CodeHashes { get; init; }

    public required ushort[] NewFromLayer { get; init; }

    public required int EdgeCount { get; init; }

    public Status Status { get; init; }

    public long ExactDecisions { get; init; }

    public Cost Cost { get; set; }

    public long Bytes => 8L * (Vertices.Length + Volumes.Length + SlopeNorms.Length + CodeHashes.Length)
        + 4L * (FirstCorners.Length + FaceCorners.Length + FaceCreases.Length + FaceRegions.Length + FirstFaces.Length + RegionFaces.Length + Classes.Length) + 2L * NewFromLayer.Length;
}
