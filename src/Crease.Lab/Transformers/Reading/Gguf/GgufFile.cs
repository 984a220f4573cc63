using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A Llama or Qwen model in a GGUF file, offered under the names of a Hugging Face folder.</summary>
/// <remarks>F32, F16 and BF16 are used where they are mapped; blocks are expanded to the type that is asked for. In Llama files queries and keys rotate in adjacent pairs.</remarks>
internal sealed class GgufFile : IWeightSource, IDisposable
{
    private const int ValuesAtOnce = 1 << 20;
    private const string RotaryTable = "rope_freqs.weight";

    private static readonly (string Ours, string Theirs)[] Parts =
    [
        ("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k"), ("self_attn.v_proj", "attn_v"), ("self_attn.o_proj", "attn_output"),
        ("self_attn.q_norm", "attn_q_norm"), ("self_attn.k_norm", "attn_k_norm"), ("input_layernorm", "attn_norm"), ("post_attention_layernorm", "ffn_norm"),
        ("mlp.gate_proj", "ffn_gate"), ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"),
    ];

    private readonly string _path;
    private readonly GgufHeader _header;
    private readonly torch.ScalarType _expanded;
    private readonly MappedFile _file;

    /// <param name="path">The file.</param>
    /// <param name="expanded">Type of the numbers that lie in blocks.</param>
    /// <exception cref="ModelException">The header is damaged.</exception>
    public GgufFile(string path, torch.ScalarType expanded)
    {
        (_path, Name, _header, _expanded) = (path, Path.GetFileName(path), GgufHeader.Load(path), expanded);
        _file = new MappedFile(path);
    }

    public string Name { get; }

    public bool Holds(string tensor) => _header.Find(Theirs(tensor)) is not null;

    public torch.Tensor Read(string tensor, ReadOnlySpan<long> shape)
    {
        GgufEntry entry = _header.Find(Theirs(tensor)) ?? throw new ModelException(Name, $"holds no tensor '{Theirs(tensor)}'; its settings ask for it");
        if (!entry.Extents.AsSpan().SequenceEqual(shape))
            throw new ModelException(Name, $"tensor '{entry.Name}' has shape [{string.Join(", ", entry.Extents)}]; expected [{string.Join(", ", shape.ToArray())}] by the settings");
        return entry.Type switch
        {
            GgufType.F32 => _file.Tensor(_header.Start + entry.Offset, entry.Extents, torch.ScalarType.Float32),
            GgufType.F16 => _file.Tensor(_header.Start + entry.Offset, entry.Extents, torch.ScalarType.Float16),
            GgufType.BF16 => _file.Tensor(_header.Start + entry.Offset, entry.Extents, torch.ScalarType.BFloat16),
            _ => Expanded(entry),
        };
    }

    /// <summary>The configuration in the file's settings.</summary>
    /// <exception cref="ModelException">The architecture is another, or a setting is missing or out of range.</exception>
    public LanguageModelConfig Config()
    {
        string kind = _header.Text("general.architecture");
        LanguageModelFamily family = kind switch
        {
            "llama" => LanguageModelFamily.Llama,
            "qwen2" => LanguageModelFamily.Qwen2,
            "qwen3" => LanguageModelFamily.Qwen3,
            _ => throw new ModelException(Name, $"'general.architecture' is '{kind}'; accepted are llama, qwen2 and qwen3"),
        };
        string scaling = _header.Text(kind + ".rope.scaling.type", "none");
        if (scaling is not ("none" or "linear") || _header.Find("blk.0.ffn_gate_inp.weight") is not null)
            throw new ModelException(Name, $"stretches rotations by '{scaling}', or mixes experts; accepted are plain models with no scaling, a linear one or a table");
        int width = _header.Whole(kind + ".embedding_length"), heads = _header.Whole(kind + ".attention.head_count");
        int head = _header.Whole(kind + ".attention.key_length", heads > 0 ? width / heads : 0);
        int turned = _header.Whole(kind + ".rope.dimension_count", head);
        RotaryStyle style = family == LanguageModelFamily.Llama ? RotaryStyle.AdjacentPairs : RotaryStyle.HalfSplit;
        return new LanguageModelConfig
        {
            Family = family,
            Layers = _header.Whole(kind + ".block_count"),
            Width = width,
            Heads = heads,
            KeyValueHeads = _header.Whole(kind + ".attention.head_count_kv", heads),
            HeadWidth = head,
            MlpWidth = _header.Whole(kind + ".feed_forward_length"),
            Vocabulary = (int)(_header.Find("token_embd.weight") ?? throw new ModelException(Name, "holds no tensor 'token_embd.weight'")).Extents[0],
            Context = _header.Whole(kind + ".context_length"),
            NormEpsilon = _header.Number(kind + ".attention.layer_norm_rms_epsilon", 1e-6),
            Rotary = new RotaryPositions(_header.Number(kind + ".rope.freq_base", 10000), style, turned, Scaling(kind, scaling, turned)),
            AttentionBias = _header.Find("blk.0.attn_q.bias") is not null,
            QueryKeyNorms = family == LanguageModelFamily.Qwen3,
            TiedEmbedding = _header.Find("output.weight") is null,
        }.Checked(Name);
    }

    public void Dispose() => _file.Dispose();

    private RotaryScaling? Scaling(string kind, string scaling, int turned)
    {
        if (_header.Find(RotaryTable) is null)
            return scaling == "linear" ? new LinearRotaryScaling(_header.Number(kind + ".rope.scaling.factor")) : null;
        if (turned is < 2 or > 1 << 16)
            throw new ModelException(Name, $"'{kind}.rope.dimension_count' is {turned}; expected 2 to {1 << 16}");
        using torch.Tensor table = Read(RotaryTable, [turned / 2]), wide = table.to(torch.ScalarType.Float64);
        double[] factors = wide.data<double>().ToArray();
        return Array.TrueForAll(factors, factor => factor > 0 && double.IsFinite(factor))
            ? new TableRotaryScaling([.. factors])
            : throw new ModelException(Name, $"tensor '{RotaryTable}' holds a factor that is no number above 0");
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

    private static string Theirs(string tensor)
    {
        string[] words = tensor.Split('.');
        if (words is not ["model", "layers", _, ..])
            return tensor.Replace("model.embed_tokens", "token_embd", StringComparison.Ordinal).Replace("model.norm", "output_norm", StringComparison.Ordinal).Replace("lm_head", "output", StringComparison.Ordinal);
        string inner = string.Join('.', words[3..^1]);
        string theirs = Array.Find(Parts, part => part.Ours == inner).Theirs ?? inner;
        return $"blk.{words[2]}.{theirs}.{words[^1]}";
    }
}
