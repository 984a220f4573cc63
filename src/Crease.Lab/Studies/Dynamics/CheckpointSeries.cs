using System.Globalization;
using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>The networks of one training in the order of their steps: a run directory, or a folder of models from anywhere.</summary>
/// <remarks>
/// In a folder of models (<c>.onnx</c>, <c>.onnx.gz</c>, <c>.safetensors</c> with a <c>network.json</c>) the last whole number of a file's name is its step; where a name has none, files are
/// counted in the order of their names.
/// </remarks>
public sealed class CheckpointSeries
{
    private static readonly string[] Endings = [".onnx", ".onnx.gz", WeightsLocation.Ending];

    private CheckpointSeries(string path, IReadOnlyList<Checkpoint> checkpoints, string unit, TrainingOptions? run) => (Path, Checkpoints, Unit, Run) = (path, checkpoints, unit, run);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>All networks, steps ascending.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints { get; }

    /// <summary>What <see cref="Checkpoint.Step"/> counts: <c>step</c>, <c>epoch</c> or <c>model</c>.</summary>
    public string Unit { get; }

    /// <summary>Options of the training, where the folder is a run.</summary>
    public TrainingOptions? Run { get; }

    /// <summary>Lists a series; no network is read.</summary>
    /// <param name="path">A run directory, or a folder of models.</param>
    /// <exception cref="ModelException">There is no such folder, it holds no networks, or two of them have one step.</exception>
    /// <exception cref="TrainingException">The description of the run is damaged.</exception>
    public static CheckpointSeries Open(string path)
    {
        if (!Directory.Exists(path))
            throw new ModelException(path, "no such folder; expected a run directory or a folder of models");
        try
        {
            var folder = new RunFolder(path);
            TrainingOptions? run = folder.IsRun ? folder.Read().Options : null;
            IReadOnlyList<(long Step, string Path)> steps = WeightsLocation.CheckpointsIn(path);
            if (run is not null || steps.Count > 0)
                return new CheckpointSeries(path, [.. steps.Select(item => new Checkpoint(item.Step, item.Path))], "step", run);
            return Models(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, fault is UnauthorizedAccessException ? "no permission to read the folder" : fault.Message, fault);
        }
    }

    /// <summary>The last network alone.</summary>
    public CheckpointSeries Last => new(Path, [.. Checkpoints.TakeLast(1)], Unit, Run);

    /// <summary>Reads a network of the series.</summary>
    /// <param name="checkpoint">One of <see cref="Checkpoints"/>.</param>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public static Network Load(Checkpoint checkpoint) => Model.Load(checkpoint.Path);

    private static CheckpointSeries Models(string path)
    {
        string[] files = [.. Directory.GetFiles(path).Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new ModelException(path, $"holds no networks; expected a run directory, or files that end in {string.Join(", ", Endings)}");
        (long? Step, string Word)[] names = Array.ConvertAll(files, NumberIn);
        bool isNumbered = names.All(name => name.Step is not null);
        string unit = !isNumbered ? "model" : names.All(name => name.Word.EndsWith("epoch", StringComparison.OrdinalIgnoreCase)) ? "epoch" : "step";
        Checkpoint[] checkpoints = [.. files.Select((file, i) => new Checkpoint(isNumbered ? names[i].Step!.Value : i, file)).OrderBy(item => item.Step)];
        for (int i = 1; i < checkpoints.Length; i++)
        {
            if (checkpoints[i].Step == checkpoints[i - 1].Step)
                throw new ModelException(path, $"{System.IO.Path.GetFileName(checkpoints[i - 1].Path)} and {System.IO.Path.GetFileName(checkpoints[i].Path)} are both of {unit} {checkpoints[i].Step}; expected one network per {unit}");
        }
        return new CheckpointSeries(path, checkpoints, unit, null);
    }

    // The last digits of the name, and the letters before them.
    private static (long? Step, string Word) NumberIn(string file)
    {
        string name = System.IO.Path.GetFileName(file);
        name = name[..^Endings.Where(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).Max(ending => ending.Length)];
        int end = name.Length;
        while (end > 0 && !char.IsAsciiDigit(name[end - 1]))
            end--;
        int start = end;
        while (start > 0 && char.IsAsciiDigit(name[start - 1]))
            start--;
        return long.TryParse(name.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? (step, name[..start].TrimEnd('-', '_', '.', ' ', '=')) : (null, "");
    }
}
