using System.Globalization;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Lab;

/// <summary>The partition of a fixed slice through a series of networks, as a movie.</summary>
public static class DynamicsMovie
{
    /// <summary>Cuts the slice by every network and saves the pictures.</summary>
    /// <remarks>Every network is cut once for the range of colors that all frames share, and once for its picture in each file, so that one partition is held at a time.</remarks>
    /// <param name="paths">Files, at least one; the ending decides: <c>.gif</c>, <c>.mp4</c> or <c>.html</c>.</param>
    /// <param name="series">The networks.</param>
    /// <param name="slice">Where to look: two dimensions.</param>
    /// <param name="options">How frames are drawn.</param>
    /// <param name="ffmpeg">Path of an <c>ffmpeg</c> for videos, or null.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="drawn">Told how many cuts of how many are done; may be null.</param>
    /// <param name="limits">Limits of each cut; null for those of <see cref="CutOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">The ending is none of these, it needs an <c>ffmpeg</c>, or a network cannot be cut.</exception>
    /// <exception cref="ModelException">A network cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled; no part of a file is left.</exception>
    public static void Save(IReadOnlyList<string> paths, CheckpointSeries series, Slice slice, PartitionFigureOptions options, string? ffmpeg, RunContext run, Action<int, int>? drawn = null, CutOptions? limits = null)
    {
        foreach (string path in paths)
            Movie.FormatOf(path, ffmpeg);
        bool hasRange = options.Color is RegionColor.SlopeNorm or RegionColor.Area;
        int done = 0, all = (paths.Count + (hasRange ? 1 : 0)) * series.Checkpoints.Count;
        PartitionFigureOptions shared = options with { Title = options.Title ?? series.Path, ColorRange = hasRange ? Range() : null };
        Movie movie = Movie.Of(series.Checkpoints.Select(Frame), new MovieOptions { Width = Math.Clamp(options.PngWidth, 16, 1200), Title = shared.Title!, Ffmpeg = ffmpeg });
        foreach (string path in paths)
            movie.Save(path, run.Cancellation);

        MovieFrame Frame(Checkpoint checkpoint)
        {
            Partition partition = Cut(checkpoint);
            return MovieFrame.Of(PartitionFigure.Of(partition, shared), string.Create(CultureInfo.InvariantCulture, $"{series.Unit} {checkpoint.Step:N0}, {partition.RegionCount:N0} regions"));
        }

        AxisRange? Range()
        {
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (Checkpoint checkpoint in series.Checkpoints)
            {
                Partition partition = Cut(checkpoint);
                foreach (double value in options.Color == RegionColor.Area ? partition.Areas : partition.SlopeNorms)
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
            return low < high ? new AxisRange(low, high) : null;
        }

        Partition Cut(Checkpoint checkpoint)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Partition partition = new PlanarPartitioner(CheckpointSeries.Load(checkpoint)).Cut(slice, run with { Progress = null }, (limits ?? CutOptions.Default) with { Boundary = options.Boundary });
            drawn?.Invoke(++done, all);
            return partition;
        }
    }
}
