using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>A network along a segment of a slice.</summary>
internal static class SegmentEndpoints
{
    private const int MostOutputs = 64, MostRegions = 100_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/segments", (SegmentQuery query, NetworkShelf shelf, SliceReader reader, StudioOptions options, CutGate gate, HttpContext context) =>
        gate.Run(run => Cut(query, shelf, reader, options, run), context.RequestAborted)).WithName("Segment");

    private static SegmentAnswer Cut(SegmentQuery query, NetworkShelf shelf, SliceReader reader, StudioOptions options, RunContext run)
    {
        if (query.From is not { Length: 2 } from || query.To is not { Length: 2 } to)
            throw new ArgumentException($"'from' has {query.From?.Length ?? 0} numbers and 'to' {query.To?.Length ?? 0}; expected s, t for both");
        PreparedNetwork prepared = shelf.Open(query.Network);
        (Slice slice, _) = reader.Read(query.Network, prepared.Network, query.Slice);
        var limits = new CutOptions { Boundary = true, MaxRegions = MostRegions, TimeLimit = options.TimeLimit };
        SegmentPartition found = prepared.Segments.Cut(Slice.Segment(slice.Decode(from), slice.Decode(to)), run, limits);
        int outputs = Math.Min(found.Outputs, MostOutputs);
        var values = new double[found.RegionCount == 0 ? 0 : found.Ends.Length][];
        for (int i = 0; i < values.Length; i++)
            values[i] = [found.Ends[i], .. found.At(found.Ends[i]).AsSpan(0, outputs)];
        return new SegmentAnswer(found.Breakpoints.ToArray(), values, found.Boundary!.Positions.ToArray(), found.Length, found.Status);
    }

    internal sealed record SegmentQuery(string Network, SliceRequest? Slice = null, double[]? From = null, double[]? To = null);

    internal sealed record SegmentAnswer(double[] Breakpoints, double[][] Values, double[] ClassChanges, double Length, Status Status);
}
