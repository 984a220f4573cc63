using Crease.Models;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Movies of the study: the plane through three training rows over the steps of a run.</summary>
internal static class GrokkingMovies
{
    public static void Save(GrokkingResult result, DataSet train, string folder, RunContext run, Action<StudyProgress>? told)
    {
        Directory.CreateDirectory(folder);
        string[] paths = [.. new[] { ".gif", ".html" }.Select(ending => Path.Combine(folder, $"partition-{result.Run.Name}{ending}"))];
        PartitionFigureOptions options = PartitionFigureOptions.Default with { PngWidth = 700, Title = $"Plane through three training rows, {result.Run.Title}" };
        DynamicsMovie.Save(paths, result.Dynamics.Series, DynamicsSlice.Through(train), options, null, run, (done, all) => told?.Invoke(new StudyProgress("drawing " + result.Run.Name, done, all)));
    }
}
