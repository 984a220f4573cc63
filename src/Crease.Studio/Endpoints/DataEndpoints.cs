using Crease.Models;
using Crease.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>Data sets: bundled and uploaded.</summary>
internal static class DataEndpoints
{
    private const int MostRows = 1000, MostValues = 16;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/data", (DataShelf shelf, CutGate gate, HttpContext context) => gate.Run(_ => All(shelf), context.RequestAborted)).WithName("DataSets");
        api.MapPost("/data", Receive).WithName("UploadData").Produces<DataInfo>(StatusCodes.Status201Created);
        api.MapGet("/data/{id}", (string id, DataShelf shelf, CutGate gate, HttpContext context) => gate.Run(_ => shelf.Info(id), context.RequestAborted)).WithName("DataSet");
        api.MapGet("/data/{id}/rows", (string id, DataShelf shelf, CutGate gate, HttpContext context, int from = 0, int count = 50) =>
            gate.Run(_ => Rows(shelf.Open(id), from, count), context.RequestAborted)).WithName("Rows");
        api.MapGet("/data/{id}/images/{row:int}.png", (string id, int row, DataShelf shelf, CutGate gate, HttpContext context, int scale = 4) =>
            gate.Run(_ => Results.Bytes(Image(id, shelf.Open(id), row, scale), "image/png"), context.RequestAborted)).WithName("Image");
        api.MapDelete("/data/{id}", (string id, DataShelf shelf) =>
        {
            shelf.Remove(id);
            return Results.NoContent();
        }).WithName("RemoveData");
    }

    private static DataInfo[] All(DataShelf shelf)
    {
        var infos = new List<DataInfo>();
        foreach (string id in shelf.Ids())
        {
            try
            {
                infos.Add(shelf.Info(id));
            }
            // One damaged file must not hide the others.
            catch (Exception fault) when (fault is ModelException or FormatException or UnknownIdException)
            {
                continue;
            }
        }
        return [.. infos];
    }

    private static async Task<IResult> Receive(HttpContext context, string name, WorkspaceFolder workspace, DataShelf shelf, StudioOptions options, CutGate gate)
    {
        string safe = SafeName.Of(name);
        await Upload.Receive(context, workspace, workspace.Data, safe, options.UploadBytes, file => DataSource.Load(file));
        DataInfo info = await gate.Run(_ => shelf.Info(NetworkShelf.Uploaded + safe), context.RequestAborted);
        return Results.Json(info, statusCode: StatusCodes.Status201Created);
    }

    private static RowList Rows(DataSet data, int from, int count)
    {
        if (from < 0 || count < 0 || count > MostRows)
            throw new ArgumentException($"from is {from} and count {count}; expected at least 0, and at most {MostRows} rows");
        return new RowList([.. Enumerable.Range(0, data.Count).Skip(from).Take(count).Select(row => new DataRow(row, data.Labels?[row], data.Row(row).AsSpan(0, Math.Min(MostValues, data.Size)).ToArray()))]);
    }

    private static byte[] Image(string id, DataSet data, int row, int scale)
    {
        if (!data.IsImage || row < 0 || row >= data.Count)
            throw new UnknownIdException($"image {row} of {id}", data.IsImage ? $"rows are 0 to {data.Count - 1}" : "its rows are no images");
        return ValueImage.Png(data.Row(row), data.Shape, data.Range, scale);
    }

    internal sealed record DataRow(int Index, int? Label, double[] Values);

    internal sealed record RowList(IReadOnlyList<DataRow> Rows);
}
