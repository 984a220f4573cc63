using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>The centroids of one input's region as images: a column per layer, a row per network where MODEL is a folder of several.</summary>
internal static class CentroidPicture
{
    private const int MostNetworks = 6;

    /// <summary>The picture.</summary>
    /// <param name="model">MODEL as the call says it.</param>
    /// <param name="geometry">The network's geometry at the input.</param>
    /// <param name="input">The input.</param>
    /// <param name="data">The set that the input is a row of, or null.</param>
    /// <param name="picture">Title and width.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <exception cref="ModelException">Another network of the folder takes other inputs or has other layers.</exception>
    public static CentroidFigure Of(string model, LocalGeometry geometry, double[] input, DataSet? data, TemplatePicture picture, RunContext run)
    {
        CheckpointSeries? series = Directory.Exists(model) ? CheckpointSeries.Open(model) : null;
        CentroidRow[] rows = series is { Checkpoints.Count: > 1 }
            ? [.. EvenPlaces.Of(series.Checkpoints.Count, MostNetworks).Select(i => Row($"{series.Unit} {series.Checkpoints[i].Step:N0}", At(series.Checkpoints[i], geometry, input, run)))]
            : [Row("", geometry)];
        TemplateFigureOptions options = ExplainFile.Options(geometry.At.Network, data, picture);
        return CentroidFigure.Of(input, rows, options with { Title = picture.Title ?? $"Centroids, {geometry.At.Network.Name}" });
    }

    private static LocalGeometry At(Checkpoint checkpoint, LocalGeometry last, double[] input, RunContext run)
    {
        Network network = CheckpointSeries.Load(checkpoint);
        if (network.InputShape.Size != input.Length)
            throw new ModelException(network.Name, $"takes {network.InputShape.Size} numbers; the input has {input.Length}");
        LocalGeometry found = Engines.Prepare(network, null, "explain", (given, _) => LocalGeometry.Of(given, input, run));
        return found.Layers.Length == last.Layers.Length ? found : throw new ModelException(network.Name, $"has {found.Layers.Length} layers that fold; expected {last.Layers.Length}, as in the last network of the folder");
    }

    private static CentroidRow Row(string name, LocalGeometry geometry) => new(name,
        [.. EvenPlaces.Of(geometry.Layers.Length, CentroidRow.MostTiles).Select(l => new CentroidTile(geometry.Layers[l].Name, geometry.Centroid(l).ToArray(), geometry.Radii[l]))]);
}
