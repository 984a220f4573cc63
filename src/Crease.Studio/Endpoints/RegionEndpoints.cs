using System.Globalization;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>Everything about the region around one point of a slice.</summary>
internal static class RegionEndpoints
{
    private const int MostTemplates = 10, Scale = 4;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/regions", (PointQuery query, NetworkShelf shelf, SliceReader reader, SuitedData suited, CutGate gate, HttpContext context) =>
        gate.Run(run => Explained(query, shelf, reader, suited, run), context.RequestAborted)).WithName("Region");

    private static RegionAnswer Explained(PointQuery query, NetworkShelf shelf, SliceReader reader, SuitedData suited, RunContext run)
    {
        (PreparedNetwork prepared, Slice slice, double s, double t) = query.Open(shelf, reader);
        Network network = prepared.Network;
        double[] input = slice.Decode(s, t);
        LocalGeometry geometry = LocalGeometry.Of(network, input, run);
        RegionAround region = RegionAround.At(prepared.Planar(), slice, s, t, run);
        DataSet? data = suited.Open(query.Network, network);
        bool isImage = network.InputShape is { Rank: 3 } shape && shape[0] is 1 or 3;
        Shape picture = isImage ? network.InputShape : data is { IsImage: true } && data.Shape.Size == input.Length ? data.Shape : default;
        DataRange range = data?.Range ?? DataRange.Pixels;
        return new RegionAnswer(
            geometry.Class, data?.ClassName(geometry.Class) ?? geometry.Class.ToString(CultureInfo.InvariantCulture), PointQuery.First(geometry.Output), region.SlopeNorm, geometry.Map.SlopeNorm, region.Depth,
            region.CodeHash.ToString("x16", CultureInfo.InvariantCulture),
            [.. geometry.Code.Pieces.Select(layer => layer.Count(piece => piece != 0))], [.. geometry.Code.Pieces.Select(layer => layer.Length)],
            geometry.CreaseDistances, geometry.RegionDistance, geometry.BoundaryDistance, geometry.IsBoundaryDistanceExact,
            Templates(geometry, picture), new Picture(picture.Rank == 3 ? Encoded(ValueImage.Png(input, picture, range, Scale)) : null, picture.Rank == 3 ? null : PointQuery.First(input)),
            region.IsWhole ? region.Area : null);
    }

    // All classes, or those with the largest outputs.
    private static Template[] Templates(LocalGeometry geometry, Shape picture)
    {
        int inputs = geometry.Map.Inputs;
        IEnumerable<int> classes = Enumerable.Range(0, geometry.Map.Outputs);
        if (geometry.Map.Outputs > MostTemplates)
            classes = classes.OrderByDescending(c => geometry.Output[c]).Take(MostTemplates);
        return [.. classes.Select(c =>
        {
            ReadOnlySpan<double> row = geometry.Map.Slopes.Slice(c * inputs, inputs);
            return new Template(c, picture.Rank == 3 ? Encoded(ValueImage.SignedPng(row, picture, Scale)) : null, picture.Rank == 3 ? null : PointQuery.First(row));
        })];
    }

    private static string Encoded(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);

    internal sealed record Template(int Class, string? Image, double[]? Values);

    internal sealed record Picture(string? Image, double[]? Values);

    internal sealed record RegionAnswer(
        int Class, string ClassName, double[] Values, double SlopeNorm, double InputSlopeNorm, int Depth, string Code, IReadOnlyList<int> ActiveUnits, IReadOnlyList<int> Units,
        IReadOnlyList<double> Distances, double RegionDistance, double BoundaryDistance, bool IsBoundaryDistanceExact, IReadOnlyList<Template> Templates, Picture Input, double? Area);
}
