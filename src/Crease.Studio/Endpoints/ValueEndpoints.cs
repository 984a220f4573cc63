using Crease.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>What a network says at one point of a slice: one forward pass, for a pointer that moves.</summary>
internal static class ValueEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/values", (PointQuery query, NetworkShelf shelf, SliceReader reader, CutGate gate, HttpContext context) =>
        gate.Run(_ => Evaluated(query, shelf, reader), context.RequestAborted)).WithName("Value");

    private static ValueAnswer Evaluated(PointQuery query, NetworkShelf shelf, SliceReader reader)
    {
        (PreparedNetwork prepared, Slice slice, double s, double t) = query.Open(shelf, reader);
        return new ValueAnswer(PointQuery.First(prepared.Network.Evaluate(slice.Decode(s, t))));
    }

    /// <param name="Values">The first outputs, at most 64.</param>
    internal sealed record ValueAnswer(double[] Values);
}
