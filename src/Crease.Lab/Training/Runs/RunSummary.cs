using System.Globalization;
using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>What a run's folder says about it, whether or not it is being trained.</summary>
/// <param name="Options">What it was started with.</param>
/// <param name="Done">The step that its saved state is at: where it goes on from.</param>
/// <param name="Metrics">All whole lines of metrics, steps ascending.</param>
public sealed record RunSummary(TrainingOptions Options, long Done, IReadOnlyList<TrainingMetrics> Metrics)
{
    /// <summary>Whether all steps are done.</summary>
    public bool IsComplete => Done >= Options.Steps;

    /// <summary>Whether a folder is that of a run.</summary>
    /// <param name="folder">A folder.</param>
    public static bool IsRun(string folder) => new RunFolder(folder).IsRun;

    /// <summary>Reads a run; its weights are not read.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <exception cref="TrainingException">There is no run, or its description or metrics cannot be read.</exception>
    /// <exception cref="ModelException">Its state is damaged.</exception>
    public static RunSummary Read(string folder)
    {
        var files = new RunFolder(folder);
        TrainingOptions options = files.Read().Options;
        long done = files.HasState && SafetensorsFile.MetadataOf(files.StatePath).TryGetValue("step", out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : 0;
        return new RunSummary(options, done, Lines(files.MetricsPath));
    }

    private static List<TrainingMetrics> Lines(string path)
    {
        var lines = new List<TrainingMetrics>();
        if (!File.Exists(path))
            return lines;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is string line)
            {
                // The last line may be half written, and a kill leaves lines that are written again.
                if (Parse(line) is TrainingMetrics metrics && (lines.Count == 0 || metrics.Step > lines[^1].Step))
                    lines.Add(metrics);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: cannot be read ({fault.Message})", fault);
        }
        return lines;
    }

    private static TrainingMetrics? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingMetrics>(line, RunFolder.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
