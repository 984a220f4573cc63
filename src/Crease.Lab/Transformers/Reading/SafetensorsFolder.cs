using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>The weights in a Hugging Face folder: one file, or several with an index of which tensor is where.</summary>
internal sealed class SafetensorsFolder : IWeightSource, IDisposable
{
    private const string SingleFile = "model.safetensors", IndexFile = "model.safetensors.index.json", Ending = ".safetensors";
    private const long MostElements = 1L << 40;

    private readonly Dictionary<string, (SafetensorsHeader Header, MappedFile File, string Name)> _files = [];
    private readonly Dictionary<string, string> _fileOf = [];

    /// <exception cref="ModelException">There are no weights, or a header or the index is damaged.</exception>
    public SafetensorsFolder(string folder)
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        try
        {
            string index = Path.Combine(folder, IndexFile);
            if (File.Exists(index))
                ReadIndex(folder, JsonFile.Read(index));
            else
                Add(folder, OnlyFile(folder));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public bool Holds(string tensor) => _fileOf.ContainsKey(tensor);

    public torch.Tensor Read(string tensor, ReadOnlySpan<long> shape)
    {
        if (!_fileOf.TryGetValue(tensor, out string? name))
            throw new ModelException(Name, $"holds no tensor '{tensor}' among its {_fileOf.Count}; the configuration asks for it");
        (SafetensorsHeader header, MappedFile file, _) = _files[name];
        SafetensorsEntry entry = header.Find(tensor) ?? throw new ModelException(name, $"holds no tensor '{tensor}', which the index looks for there");
        if (!entry.Extents.Select(extent => (long)extent).SequenceEqual(shape.ToArray()))
            throw new ModelException(name, $"tensor '{tensor}' has shape [{string.Join(", ", entry.Extents)}]; expected [{string.Join(", ", shape.ToArray())}] by the configuration");
        torch.ScalarType type = entry.Type switch
        {
            "F64" => torch.ScalarType.Float64,
            "F32" => torch.ScalarType.Float32,
            "F16" => torch.ScalarType.Float16,
            "BF16" => torch.ScalarType.BFloat16,
            _ => throw new ModelException(name, $"tensor '{tensor}' is of type {entry.Type}; accepted are F64, F32, F16 and BF16"),
        };
        return file.Tensor(header.Start + entry.From, shape.ToArray(), type);
    }

    public void Dispose()
    {
        foreach ((_, MappedFile file, _) in _files.Values)
            file.Dispose();
    }

    private void ReadIndex(string folder, JsonFile index)
    {
        foreach ((string tensor, string file) in index.Texts("weight_map"))
        {
            // A name with a path in it would lead out of the folder.
            if (file != Path.GetFileName(file) || !file.EndsWith(Ending, StringComparison.Ordinal))
                throw new ModelException(IndexFile, $"tensor '{Vocabulary.Shown(tensor)}' is in '{Vocabulary.Shown(file)}'; expected the name of a {Ending} file in the folder");
            if (!_files.ContainsKey(file))
                Open(folder, file);
            _fileOf[tensor] = file;
        }
    }

    private void Add(string folder, string file)
    {
        foreach (SafetensorsEntry entry in Open(folder, file).Entries)
            _fileOf[entry.Name] = file;
    }

    private SafetensorsHeader Open(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        SafetensorsHeader header = SafetensorsHeader.Load(path, MostElements);
        _files[file] = (header, new MappedFile(path), file);
        return header;
    }

    private static string OnlyFile(string folder)
    {
        if (File.Exists(Path.Combine(folder, SingleFile)))
            return SingleFile;
        string[] files = [.. Directory.GetFiles(folder, "*" + Ending).Select(file => Path.GetFileName(file)!)];
        return files.Length == 1
            ? files[0]
            : throw new ModelException(Path.GetFileName(folder), $"holds {files.Length} {Ending} files and no {IndexFile}; expected one file, or several with an index");
    }
}
