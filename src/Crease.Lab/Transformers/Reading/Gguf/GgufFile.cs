using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A model in a GGUF file, offered under the names of a Hugging Face folder.</summary>
/// <remarks>F32, F16 and BF16 are used where they are mapped; blocks are expanded to the type that is asked for. In Llama files queries and keys rotate in adjacent pairs.</remarks>
internal sealed class GgufFile : IWeightSource, IDisposable
{
    private const int ValuesAtOnce = 1 << 20;

    private readonly string _path;
    private readonly GgufHeader _header;
    private readonly torch.ScalarType _expanded;
    private readonly MappedFile _file;
    private readonly string _kind;
    private readonly LanguageModelFamily _family;

    /// <param name="path">The file.</param>
    /// <param name="expanded">Type of the numbers that lie in blocks.</param>
    /// <exception cref="ModelException">The header is damaged, or the architecture is not known.</exception>
    public GgufFile(string path, torch.ScalarType expanded)
    {
        (_path, Name, _header, _expanded) = (path, Path.GetFileName(path), GgufHeader.Load(path), expanded);
        _kind = _header.Text("general.architecture");
        _family = GgufConfig.Family(_kind, Name);
        _file = new MappedFile(path);
    }

    public string Name { get; }

    public bool Holds(string tensor) => _header.Find(GgufNames.Of(_family, tensor)) is not null;

    public torch.Tensor Read(string tensor, ReadOnlySpan<long> shape)
    {
        string theirs = GgufNames.Of(_family, tensor);
        GgufEntry entry = _header.Find(theirs) ?? throw new ModelException(Name, $"holds no tensor '{theirs}'; its settings ask for it");
        // Folders of GPT-2 keep inputs first, these files outputs.
        bool isTurned = _family == LanguageModelFamily.Gpt2 && shape.Length == 2 && theirs.StartsWith("blk.", StringComparison.Ordinal);
        long[] expected = isTurned ? [shape[1], shape[0]] : shape.ToArray();
        if (!entry.Extents.AsSpan().SequenceEqual(expected))
            throw new ModelException(Name, $"tensor '{entry.Name}' has shape [{string.Join(", ", entry.Extents)}]; expected [{string.Join(", ", expected)}] by the settings");
        torch.Tensor read = entry.Type switch
        {
            GgufType.F32 => _file.Tensor(_header.Start + entry.Offset, entry.Extents, torch.ScalarType.Float32),
            GgufType.F16 => _file.Tensor(_header.Start + entry.Offset, entry.Extents, torch.ScalarType.Float16),
            GgufType.BF16 => _file.Tensor(_header.Start + entry.Offset, entry.Extents, torch.ScalarType.BFloat16),
            _ => Expanded(entry),
        };
        return isTurned ? read.t() : _family == LanguageModelFamily.GptNeoX && theirs.Contains(".attn_qkv.", StringComparison.Ordinal) ? HeadByHead(read) : read;
    }

    /// <summary>The configuration in the file's settings.</summary>
    /// <exception cref="ModelException">A setting is missing or out of range.</exception>
    public LanguageModelConfig Config() => new GgufConfig(_header, Name, _kind).Read(Factors);

    public void Dispose() => _file.Dispose();

    private double[]? Factors(string name, int pairs)
    {
        if (_header.Find(name) is null)
            return null;
        using torch.Tensor table = Read(name, [pairs]), wide = table.to(torch.ScalarType.Float64);
        double[] factors = wide.data<double>().ToArray();
        return Array.TrueForAll(factors, factor => factor > 0 && double.IsFinite(factor))
            ? factors
            : throw new ModelException(Name, $"tensor '{name}' holds a factor that is no number above 0");
    }

    // Folders of GPT-NeoX stack query, key and value of each head, these files all queries, all keys, all values.
    private torch.Tensor HeadByHead(torch.Tensor fused)
    {
        long heads = _header.Whole($"{_kind}.attention.head_count");
        return fused.view(3, heads, fused.shape[0] / 3 / heads, -1).transpose(0, 1).reshape(fused.shape);
    }

    private torch.Tensor Expanded(GgufEntry entry)
    {
        torch.Tensor tensor = torch.empty(entry.Extents, _expanded), flat = tensor.view(-1);
        GgufBlocks format = GgufBlocks.Of(entry.Type);
        using FileStream file = File.OpenRead(_path);
        file.Position = _header.Start + entry.Offset;
        long all = flat.shape[0];
        for (long from = 0; from < all; from += ValuesAtOnce)
        {
            var values = new float[(int)Math.Min(ValuesAtOnce, all - from)];
            var bytes = new byte[values.Length / format.Values * format.Bytes];
            file.ReadExactly(bytes);
            for (int block = 0; block < values.Length / format.Values; block++)
                format.Expand!(bytes.AsSpan(block * format.Bytes, format.Bytes), values.AsSpan(block * format.Values, format.Values));
            using torch.Tensor part = torch.tensor(values), place = flat.narrow(0, from, values.Length);
            place.copy_(part);
        }
        return tensor;
    }
}
