using System.Collections.Concurrent;
using System.Globalization;
using Crease.Models;

namespace Crease.Studio;

/// <summary>All data sets by id: <c>example:NAME</c>, <c>upload:FILE</c> and <c>synthetic:WORDS</c>, each also with <c>#train</c> or <c>#test</c>.</summary>
internal sealed class DataShelf(WorkspaceFolder workspace, long cacheBytes)
{
    private const string Synthetic = "synthetic:";

    private readonly ByteCache<DataSet> _loaded = new(cacheBytes, data => 8L * data.Count * (data.Shape.Size + 4));
    private readonly ConcurrentDictionary<string, DataInfo> _infos = new();

    /// <summary>Examples and uploads.</summary>
    public IEnumerable<string> Ids() =>
        [.. Examples.DataNames.Select(name => NetworkShelf.Example + name), .. WorkspaceFolder.Names(workspace.Data, isFolders: false).Select(name => NetworkShelf.Uploaded + name)];

    /// <summary>A set, loaded.</summary>
    /// <exception cref="UnknownIdException">There is none of that id.</exception>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public DataSet Open(string id)
    {
        (string source, string key) = Locate(id);
        return _loaded.Get(key, () => DataSource.Load(source));
    }

    /// <summary>What lists say about a set.</summary>
    public DataInfo Info(string id) => _infos.GetOrAdd(Locate(id).Key, _ => DataInfo.Of(id, Open(id)));

    /// <summary>The words by which the library finds the set of an id: no path but those of uploads is ever reached.</summary>
    /// <exception cref="UnknownIdException">There is none of that id.</exception>
    public string Source(string id) => Locate(id).Source;

    /// <summary>The id of words that the library was given, or null where no client can name them.</summary>
    public string? IdOf(string source)
    {
        if (source.StartsWith(NetworkShelf.Example, StringComparison.Ordinal) || source.StartsWith(Synthetic, StringComparison.Ordinal))
            return source;
        string? folder = Path.GetDirectoryName(source);
        return folder == workspace.Data ? NetworkShelf.Uploaded + Path.GetFileName(source) : null;
    }

    /// <summary>Removes an upload.</summary>
    public void Remove(string id)
    {
        if (!id.StartsWith(NetworkShelf.Uploaded, StringComparison.Ordinal))
            throw new ConflictException($"'{id}' is no upload; only uploads are removed");
        File.Delete(Locate(id).Source);
    }

    /// <summary>Names a file and its content: one that is replaced has another stamp.</summary>
    public static string Stamped(string path)
    {
        var file = new FileInfo(path);
        return string.Create(CultureInfo.InvariantCulture, $"{path}|{file.Length}|{file.LastWriteTimeUtc.Ticks}");
    }

    private (string Source, string Key) Locate(string id)
    {
        int mark = id.IndexOf('#', StringComparison.Ordinal);
        (string name, string part) = mark < 0 ? (id, "") : (id[..mark], id[mark..]);
        if (part is not ("" or "#train" or "#test"))
            throw new UnknownIdException(id, "a part is #train or #test");
        if (name.StartsWith(Synthetic, StringComparison.Ordinal) || (name.StartsWith(NetworkShelf.Example, StringComparison.Ordinal) && Examples.DataNames.Contains(name[NetworkShelf.Example.Length..])))
            return (id, id);
        return name.StartsWith(NetworkShelf.Uploaded, StringComparison.Ordinal) && WorkspaceFolder.Find(workspace.Data, name[NetworkShelf.Uploaded.Length..]) is string path
            ? (path + part, Stamped(path) + part)
            : throw new UnknownIdException(id, "see /api/data for the data sets there are");
    }
}
