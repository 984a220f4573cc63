using System.Globalization;

namespace Crease.Models;

/// <summary>Where the weights and the description of a network lie: a file, a run directory, a folder of checkpoints.</summary>
/// <param name="Weights">Path of the <c>.safetensors</c> file.</param>
/// <param name="Description">Path of its <c>network.json</c>.</param>
public sealed record WeightsLocation(string Weights, string Description)
{
    /// <summary>Ending of weights files.</summary>
    public const string Ending = ".safetensors";

    /// <summary>Name of the folder of checkpoints in a run directory.</summary>
    public const string Checkpoints = "checkpoints";

    private const string Prefix = "step-";

    /// <summary>Name of the checkpoint of a step.</summary>
    /// <param name="step">Number of steps done, at least 0.</param>
    public static string CheckpointName(long step) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}{Ending}");

    /// <summary>The step in the name of a checkpoint, or null for another name.</summary>
    /// <param name="path">A path.</param>
    public static long? StepOf(string path)
    {
        string name = Path.GetFileName(path);
        bool fits = name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal) && name.Length > Prefix.Length + Ending.Length;
        return fits && long.TryParse(name[Prefix.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : null;
    }

    /// <summary>The checkpoints of a run directory or of its folder of checkpoints, in the order of their steps.</summary>
    /// <param name="folder">An existing folder.</param>
    public static IReadOnlyList<(long Step, string Path)> CheckpointsIn(string folder)
    {
        string inner = Path.Combine(folder, Checkpoints), searched = Directory.Exists(inner) ? inner : folder;
        return [.. Directory.GetFiles(searched, Prefix + "*" + Ending).Select(file => (Step: StepOf(file) ?? -1, Path: file)).Where(file => file.Step >= 0).Order()];
    }

    /// <summary>Finds the weights that a path stands for: a file itself, the last checkpoint of a folder, or its only weights file.</summary>
    /// <param name="path">A <c>.safetensors</c> file or a folder.</param>
    /// <exception cref="ModelException">There are none, there are several, or no <c>network.json</c> is beside them or one level up.</exception>
    public static WeightsLocation Find(string path)
    {
        string weights = Directory.Exists(path) ? InFolder(path) : path;
        if (!File.Exists(weights))
            throw new ModelException(path, "no such file");
        string folder = Path.GetDirectoryName(Path.GetFullPath(weights))!;
        string beside = Path.Combine(folder, NetworkDescription.FileName);
        string above = Path.Combine(Path.GetDirectoryName(folder) ?? folder, NetworkDescription.FileName);
        return File.Exists(beside) ? new(weights, beside)
            : File.Exists(above) ? new(weights, above)
            : throw new ModelException(path, $"has no {NetworkDescription.FileName} beside it or one level up, which says what the tensors are");
    }

    private static string InFolder(string folder)
    {
        IReadOnlyList<(long Step, string Path)> steps = CheckpointsIn(folder);
        if (steps.Count > 0)
            return steps[^1].Path;
        string[] files = Directory.GetFiles(folder, "*" + Ending);
        return files.Length == 1
            ? files[0]
            : throw new ModelException(folder, $"holds no checkpoint {Prefix}NNNNNNNN{Ending} and {files.Length} other {Ending} files; expected a run directory, its folder '{Checkpoints}' or one such file");
    }
}
