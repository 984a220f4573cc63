using Crease.Geometry;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What a call of <c>crease codes</c> measured; null for what was not asked for.</summary>
internal sealed record CodesResults(CodeTable Codes, int[]? Labels, RegionSharing Sharing, int DistinctMaps, PartitionNeighbors Neighbors, DistanceMatrix? Distances, PartitionClusters? Clusters, PartitionEmbedding? Embedding)
{
    public static CodesResults Of(PiecewiseGraph graph, double[][] rows, int[]? labels, int neighbors, int? clusters, bool needsPairs, RunContext run)
    {
        CodeTable codes = CodeTable.Of(graph, rows, run);
        RegionSharing sharing = RegionSharing.Of(codes);
        DistanceMatrix? distances = needsPairs ? DistanceMatrix.Of(codes, run) : null;
        return new CodesResults(codes, labels, sharing, sharing.DistinctMaps(new Measures.Templates(graph), rows, run), PartitionNeighbors.Among(codes, neighbors, run), distances,
            clusters is int count ? PartitionClusters.Of(distances!, count, run) : null, needsPairs ? PartitionEmbedding.Of(distances!, run) : null);
    }

    /// <summary>Mean partition distance of a layer between each sample and its nearest neighbor.</summary>
    public double NeighborDistance(int layer)
    {
        double sum = 0;
        for (int s = 0; s < Codes.Count; s++)
            sum += Codes.Distance(s, Neighbors.Of(s)[0], layer);
        return sum / Codes.Count;
    }

    /// <summary>Mean partition distance of a layer between samples one after the other: what two samples differ by that nothing brought together.</summary>
    public double UsualDistance(int layer)
    {
        double sum = 0;
        for (int s = 1; s < Codes.Count; s++)
            sum += Codes.Distance(s - 1, s, layer);
        return sum / (Codes.Count - 1);
    }
}
