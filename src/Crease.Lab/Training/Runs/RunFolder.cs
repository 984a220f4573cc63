using System.Text.Json;
using System.Text.Json.Serialization;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The files of a training run; each is written whole or not at all, and metrics only grow.</summary>
/// <remarks>
/// <c>run.json</c> (options, version, hashes of the data), <c>network.json</c>, <c>checkpoints/step-N.safetensors</c> (weights, for every reader of models),
/// <c>metrics.jsonl</c> (a line per logged step), <c>state.safetensors</c> (what goes on from here: weights, optimizer, step).
/// </remarks>
internal sealed class RunFolder(string folder)
{
    private const string Options = "run.json", State = "state.safetensors", Metrics = "metrics.jsonl", Temporary = ".part", Lock = "run.lock";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public string Path { get; } = folder;

    public string MetricsPath => At(Metrics);

    public string StatePath => At(State);

    public bool IsRun => File.Exists(At(Options));

    public bool HasState => File.Exists(StatePath);

    public string Checkpoint(long step) => System.IO.Path.Combine(Path, WeightsLocation.Checkpoints, WeightsLocation.CheckpointName(step));

    /// <summary>Makes the folder and writes what does not change.</summary>
    /// <exception cref="TrainingException">A run is there already, or the folder cannot be written.</exception>
    public void Create(RunDescription run, NetworkDescription network)
    {
        if (File.Exists(At(Options)))
            throw new TrainingException($"{Path} holds a run already; resume it, or name another folder.");
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Path, WeightsLocation.Checkpoints));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{Path}: cannot be made a folder ({fault.Message})", fault);
        }
        try
        {
            Write(At(NetworkDescription.FileName), network.Write);
            // Last: what is no run yet is begun anew.
            Describe(run);
        }
        catch (TrainingException fault)
        {
            throw new TrainingException($"{fault.Message}; nothing was started.", fault);
        }
    }

    /// <summary>Writes what the run is, in place of what it was.</summary>
    /// <exception cref="TrainingException">The file cannot be written; what was there is still there.</exception>
    public void Describe(RunDescription run) => Write(At(Options), stream => JsonSerializer.Serialize(stream, run, Json));

    /// <summary>Keeps other processes from training the run, until it is disposed of or the process ends, however it ends.</summary>
    /// <exception cref="TrainingException">Another process trains it, or the folder cannot be written.</exception>
    public IDisposable Hold()
    {
        try
        {
            return new FileStream(At(Lock), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(File.Exists(At(Lock))
                ? $"{Path} is being trained by another process; wait for it, or stop it and resume the run."
                : $"{At(Lock)}: cannot be written ({Reason(fault)})", fault);
        }
    }

    /// <summary>What the run was started with.</summary>
    /// <exception cref="TrainingException">There is no run, or its description is damaged.</exception>
    public RunDescription Read()
    {
        try
        {
            using FileStream stream = File.OpenRead(At(Options));
            RunDescription run = JsonSerializer.Deserialize<RunDescription>(stream, Json) ?? throw new JsonException("it is empty");
            if (run.Options is null)
                throw new JsonException("it has no options");
            long[] ends = [0, .. run.EarlierEnds ?? [], run.Options.Steps];
            return ends.Zip(ends.Skip(1)).All(pair => pair.First < pair.Second)
                ? run
                : throw new JsonException($"its earlier ends are {string.Join(", ", ends[1..^1])}; expected ascending ones below its {run.Options.Steps} steps");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            throw new TrainingException($"{At(Options)} is no description of a run ({fault.Message}); expected the folder of a run.", fault);
        }
    }

    /// <summary>Writes a file beside its place, waits for the disk, and moves it there.</summary>
    /// <exception cref="TrainingException">The file cannot be written; what was there is still there, and nothing is left beside it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string part = path + Temporary;
        try
        {
            using (FileStream stream = File.Create(part))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            TryDelete(part);
            throw Unwritten(path, fault);
        }
    }

    /// <summary>One line about a file that the disk refuses.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">What the system says; its path is that of the part.</param>
    public static TrainingException Unwritten(string path, Exception fault) => new($"{path}: cannot be written ({Reason(fault)})", fault);

    /// <summary>Whether the system refuses a file; one that may grow no further comes as an argument out of range.</summary>
    public static bool IsRefusal(Exception? fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The first fault is the one to tell; a part that stays behind is never read.
        }
    }

    private static string Reason(Exception fault) => fault is ArgumentException ? "the file may grow no further" : fault.Message.Split(" : '")[0].TrimEnd('.');

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
