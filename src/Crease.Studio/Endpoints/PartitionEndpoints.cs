using Crease.Geometry;
using Crease.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>Partitions of slices and of their viewports, as one binary answer.</summary>
internal static class PartitionEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partitions", Cut).WithName("Partition").Produces(StatusCodes.Status200OK, contentType: PartitionAnswer.ContentType);

    private static async Task Cut(PartitionQuery query, NetworkShelf shelf, SliceReader reader, StudioOptions options, CutGate gate, HttpContext context)
    {
        CutOptions cut = options.Limits(query.Boundary, query.MaxRegions);
        FigureEndpoints.ColorOf(query.Color);
        if (query.Patience is double seconds && !(seconds is > 0 and <= 60))
            throw new ArgumentException($"patience is {seconds} s; expected above 0, to 60");
        PartitionAnswer answer = await gate.Run(run =>
        {
            PreparedNetwork network = shelf.Open(query.Network);
            (Slice slice, _) = reader.Read(query.Network, network.Network, query.Slice);
            Slice looked = query.Viewport is Viewport part ? slice.Viewport([part.X, part.Y], part.Width, part.Height) : slice;
            (Partition partition, bool isSketch) = query.Patience is double patience && query.Layers is null ? Sketch.Cut(network, looked, run, cut, patience) : (network.Planar(query.Layers).Cut(looked, run, cut), false);
            run.Cancellation.ThrowIfCancellationRequested();
            return PartitionAnswer.Of(partition, query.Viewport, isSketch);
        }, context.RequestAborted);
        await answer.Write(context.Response, context.RequestAborted);
    }

    internal sealed record PartitionQuery(string Network, SliceRequest? Slice = null, Viewport? Viewport = null, string Color = "slope", bool Boundary = true, int MaxRegions = 200_000, int? Layers = null, double? Patience = null);
}
