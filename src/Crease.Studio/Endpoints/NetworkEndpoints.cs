using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>Networks: bundled, uploaded, trained.</summary>
internal static class NetworkEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/networks", (NetworkShelf shelf, CutGate gate, HttpContext context) => gate.Run(_ => All(shelf), context.RequestAborted)).WithName("Networks");
        api.MapPost("/networks", Receive).WithName("UploadNetwork").Produces<NetworkInfo>(StatusCodes.Status201Created);
        api.MapGet("/networks/{id}", (string id, NetworkShelf shelf, SuitedData suited, SliceReader slices, CutGate gate, HttpContext context) =>
            gate.Run(_ => Described(id, shelf, suited, slices), context.RequestAborted)).WithName("Network");
        api.MapDelete("/networks/{id}", (string id, NetworkShelf shelf) =>
        {
            shelf.Remove(id);
            return Results.NoContent();
        }).WithName("RemoveNetwork");
    }

    // One damaged file must not hide the others.
    private static NetworkInfo[] All(NetworkShelf shelf)
    {
        var infos = new List<NetworkInfo>();
        foreach (string id in shelf.Ids())
        {
            try
            {
                infos.Add(shelf.Info(id));
            }
            catch (Exception fault) when (fault is ModelException or UnknownIdException)
            {
                continue;
            }
        }
        return [.. infos];
    }

    private static async Task<IResult> Receive(HttpContext context, string name, WorkspaceFolder workspace, NetworkShelf shelf, StudioOptions options, CutGate gate)
    {
        string safe = SafeName.Of(name);
        if (!safe.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) && !safe.EndsWith(".onnx.gz", StringComparison.OrdinalIgnoreCase))
            throw new ModelException(safe, "the ending is not one of a network that can be uploaded; accepted are .onnx and .onnx.gz");
        await Upload.Receive(context, workspace, workspace.Networks, safe, options.UploadBytes, file => Model.Load(file));
        NetworkInfo info = await gate.Run(_ => shelf.Info(NetworkShelf.Uploaded + safe), context.RequestAborted);
        return Results.Json(info, statusCode: StatusCodes.Status201Created);
    }

    private static NetworkDetail Described(string id, NetworkShelf shelf, SuitedData suited, SliceReader slices)
    {
        NetworkInfo info = shelf.Info(id);
        Network network = shelf.Open(id).Network;
        NetworkNode[] nodes = [.. network.Nodes.Select(node => new NetworkNode(
            node.Index, node.Name, node.Layer.Kind, Class(node.Layer), node.Inputs, node.Shape.Extents, node.Layer.Parameters, node.Layer.Flops))];
        return new NetworkDetail(info.Id, info.Name, info.Source, info.Inputs, info.Outputs, info.InputShape, info.OutputShape, info.Parameters, info.IsPiecewise, info.FirstSmooth,
            network.Notes, nodes, slices.HasDefault(id, network) ? SliceRequest.Default : null, suited.Of(id, network));
    }

    private static string Class(Layer layer) => layer switch
    {
        InputLayer => "input",
        { Class: LayerClass.Affine } => "affine",
        { Class: LayerClass.PiecewiseAffine } => "piecewise",
        _ => "smooth",
    };

    internal sealed record NetworkNode(int Index, string Name, string Kind, string Class, IReadOnlyList<int> Inputs, IReadOnlyList<int> Shape, long Parameters, long Flops);

    internal sealed record NetworkDetail(
        string Id, string Name, string Source, int Inputs, int Outputs, IReadOnlyList<int> InputShape, IReadOnlyList<int> OutputShape, long Parameters, bool IsPiecewise, string? FirstSmooth,
        IReadOnlyList<string> Notes, IReadOnlyList<NetworkNode> Nodes, SliceRequest? Slice, string? Data);
}
