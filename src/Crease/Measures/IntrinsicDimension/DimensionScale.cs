namespace Crease.Measures;

/// <summary>The dimension at one scale.</summary>
/// <param name="Rank">GRIDE: the first rank n1. Blocks: in how many parts the points were divided.</param>
/// <param name="Points">Points that each estimate rests on.</param>
/// <param name="Distance">Mean distance of the neighbors looked at, in units of the data.</param>
/// <param name="Estimate">The dimension there. For blocks the mean over the parts, with an interval from their scatter.</param>
public sealed record DimensionScale(int Rank, int Points, double Distance, DimensionEstimate Estimate);
