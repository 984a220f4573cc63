using System.Collections.Concurrent;
using Crease.Lab;
using Crease.Models;

namespace Crease.Studio;

/// <summary>All networks by id: <c>example:NAME</c>, <c>upload:FILE</c>, <c>run:NAME</c> (its last checkpoint) and <c>run:NAME@STEP</c>.</summary>
internal sealed class NetworkShelf(WorkspaceFolder workspace, long cacheBytes)
{
    public const string Example = "example:", Uploaded = "upload:", OfRun = "run:";

    private readonly ByteCache<PreparedNetwork> _loaded = new(cacheBytes, network => network.Bytes);
    private readonly ConcurrentDictionary<string, NetworkInfo> _infos = new();

    /// <summary>Examples, uploads and runs that have a checkpoint.</summary>
    public IEnumerable<string> Ids() =>
    [
        .. Examples.Names.Select(name => Example + name),
        .. WorkspaceFolder.Names(workspace.Networks, isFolders: false).Select(name => Uploaded + name),
        .. WorkspaceFolder.Names(workspace.Runs, isFolders: true).Where(name => LastCheckpoint(name) is not null).Select(name => OfRun + name),
    ];

    /// <summary>A network, loaded.</summary>
    /// <exception cref="UnknownIdException">There is none of that id.</exception>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public PreparedNetwork Open(string id)
    {
        (string path, string key) = Locate(id);
        return _loaded.Get(key, () => new PreparedNetwork(Model.Load(path)));
    }

    /// <summary>What lists say about a network; kept, so that a list loads nothing twice.</summary>
    public NetworkInfo Info(string id) => _infos.GetOrAdd(Locate(id).Key, _ => NetworkInfo.Of(id, Open(id).Network));

    /// <summary>Removes an upload.</summary>
    public void Remove(string id)
    {
        if (!id.StartsWith(Uploaded, StringComparison.Ordinal))
            throw new ConflictException($"'{id}' is no upload; only uploads are removed");
        File.Delete(Locate(id).Path);
    }

    /// <summary>The run that an id names a network of, or null.</summary>
    public static string? RunOf(string id) => id.StartsWith(OfRun, StringComparison.Ordinal) ? id[OfRun.Length..].Split('@')[0] : null;

    private (string Path, string Key) Locate(string id)
    {
        if (id.StartsWith(Example, StringComparison.Ordinal) && Examples.Names.Contains(id[Example.Length..]))
            return (id, id);
        string? path = id.StartsWith(Uploaded, StringComparison.Ordinal) ? WorkspaceFolder.Find(workspace.Networks, id[Uploaded.Length..])
            : RunOf(id) is string run ? Checkpoint(run, id.Contains('@') ? id[(id.IndexOf('@') + 1)..] : null)
            : null;
        return path is null ? throw new UnknownIdException(id, "see /api/networks for the networks there are") : (path, DataShelf.Stamped(path));
    }

    private string? Checkpoint(string run, string? step)
    {
        if (step is null)
            return LastCheckpoint(run);
        return Checkpoints(run).Where(item => item.Step.ToString(System.Globalization.CultureInfo.InvariantCulture) == step).Select(item => item.Path).FirstOrDefault();
    }

    private string? LastCheckpoint(string run) => Checkpoints(run) is { Count: > 0 } all ? all[^1].Path : null;

    private IReadOnlyList<(long Step, string Path)> Checkpoints(string run) =>
        WorkspaceFolder.Find(workspace.Runs, run, isFolder: true) is string folder && Directory.Exists(Path.Combine(folder, WeightsLocation.Checkpoints)) ? WeightsLocation.CheckpointsIn(folder) : [];
}
