using System.Buffers.Binary;
using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A llama2.c file: seven integers, then all weights as 32-bit floats in a fixed order.</summary>
/// <remarks>
/// Source: the first format of <c>llama2.c</c> (<c>karpathy2023llama2c</c>): width, perceptron width, layers, heads, key/value heads, vocabulary
/// (negative where the output projection is not the embedding), context. Tensors are offered under the names of a Hugging Face Llama.
/// </remarks>
internal sealed class Llama2cFile : IWeightSource, IDisposable
{
    private const int Integers = 7, HeaderSize = 4 * Integers;

    private readonly MappedFile _file;
    private readonly Dictionary<string, (long Offset, long[] Shape)> _tensors = [];
    private long _end = HeaderSize;

    /// <exception cref="ModelException">The header is out of range, or does not fit the length of the file.</exception>
    public Llama2cFile(string path)
    {
        Name = Path.GetFileName(path);
        Config = Header(path, Name, out bool isTied, out long length);
        Lay(isTied);
        if (_end != length)
            throw new ModelException(Name, $"has {length} bytes; its header (width {Config.Width}, perceptron {Config.MlpWidth}, {Config.Layers} layers, {Config.Heads} heads, {Config.KeyValueHeads} key/value heads, vocabulary {Config.Vocabulary}, context {Config.Context}) asks for {_end}");
        _file = new MappedFile(path);
    }

    public string Name { get; }

    public LanguageModelConfig Config { get; }

    public bool Holds(string tensor) => _tensors.ContainsKey(tensor);

    public torch.Tensor Read(string tensor, ReadOnlySpan<long> shape)
    {
        if (!_tensors.TryGetValue(tensor, out (long Offset, long[] Shape) place) || !place.Shape.AsSpan().SequenceEqual(shape))
            throw new ModelException(Name, $"holds no tensor '{tensor}' of shape [{string.Join(", ", shape.ToArray())}]");
        return _file.Tensor(place.Offset, place.Shape, torch.ScalarType.Float32);
    }

    public void Dispose() => _file.Dispose();

    private static LanguageModelConfig Header(string path, string name, out bool isTied, out long length)
    {
        var bytes = new byte[HeaderSize];
        try
        {
            using FileStream file = File.OpenRead(path);
            length = file.Length;
            if (length < HeaderSize)
                throw new ModelException(name, $"has {length} bytes; expected the {HeaderSize} of a llama2.c header and weights");
            file.ReadExactly(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(name, $"cannot be read: {fault.Message}", fault);
        }
        var numbers = new int[Integers];
        for (int i = 0; i < Integers; i++)
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * i));
        (int width, int heads, int vocabulary) = (numbers[0], numbers[3], numbers[5]);
        isTied = vocabulary > 0;
        if (heads < 1 || width < 1 || width % heads != 0 || vocabulary is 0 or int.MinValue)
            throw new ModelException(name, $"claims width {width}, {heads} heads and vocabulary {vocabulary}; expected a width that is a multiple of the heads and a vocabulary other than 0; the file is no llama2.c model");
        return new LanguageModelConfig
        {
            Family = LanguageModelFamily.Llama,
            Width = width,
            MlpWidth = numbers[1],
            Layers = numbers[2],
            Heads = heads,
            KeyValueHeads = numbers[4],
            HeadWidth = width / heads,
            Vocabulary = Math.Abs(vocabulary),
            Context = numbers[6],
            Rotary = new RotaryPositions(10000, RotaryStyle.AdjacentPairs, width / heads),
            TiedEmbedding = isTied,
        }.Checked(name);
    }

    private void Lay(bool isTied)
    {
        LanguageModelConfig c = Config;
        long width = c.Width, keys = (long)c.KeyValueHeads * c.HeadWidth, hidden = c.MlpWidth;
        Add("model.embed_tokens.weight", c.Vocabulary, width);
        PerLayer("input_layernorm.weight", width);
        PerLayer("self_attn.q_proj.weight", width, width);
        PerLayer("self_attn.k_proj.weight", keys, width);
        PerLayer("self_attn.v_proj.weight", keys, width);
        PerLayer("self_attn.o_proj.weight", width, width);
        PerLayer("post_attention_layernorm.weight", width);
        PerLayer("mlp.gate_proj.weight", hidden, width);
        PerLayer("mlp.down_proj.weight", width, hidden);
        PerLayer("mlp.up_proj.weight", hidden, width);
        Add("model.norm.weight", width);
        // Tables of cosines and sines of an earlier version of the format, which readers pass over.
        _end += 4L * c.Context * (c.HeadWidth / 2) * 2;
        if (!isTied)
            Add("lm_head.weight", c.Vocabulary, width);
    }

    private void PerLayer(string tensor, params long[] shape)
    {
        for (int layer = 0; layer < Config.Layers; layer++)
            Add($"model.layers.{layer}.{tensor}", shape);
    }

    private void Add(string tensor, params long[] shape)
    {
        _tensors[tensor] = (_end, shape);
        _end += shape.Aggregate(4L, (size, extent) => size * extent);
    }
}
