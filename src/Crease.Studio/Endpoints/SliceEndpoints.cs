using Crease.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>What a slice looks like before it is cut.</summary>
internal static class SliceEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/slices", (SliceQuery query, NetworkShelf shelf, SliceReader reader, CutGate gate, HttpContext context) =>
        gate.Run(_ => Described(query, shelf, reader), context.RequestAborted)).WithName("Slice");

    private static SliceAnswer Described(SliceQuery query, NetworkShelf shelf, SliceReader reader)
    {
        Network network = shelf.Open(query.Network).Network;
        (Slice slice, SliceReader.Anchor[] anchors) = reader.Read(query.Network, network, query.Slice);
        double[][] corners = [.. slice.Domain.ToArray().Chunk(2)];
        return new SliceAnswer([corners.Min(p => p[0]), corners.Max(p => p[0]), corners.Min(p => p[1]), corners.Max(p => p[1])], corners, anchors, slice.Inputs);
    }

    internal sealed record SliceQuery(string Network, SliceRequest? Slice = null);

    internal sealed record SliceAnswer(double[] Extent, double[][] Domain, IReadOnlyList<SliceReader.Anchor> Anchors, int Inputs);
}
