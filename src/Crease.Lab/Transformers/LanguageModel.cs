using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A decoder-only language model: next-token logits of a sequence, with taps on every block.</summary>
/// <remarks>
/// Cost: weights in the file's precision are used where they are mapped, without a copy; others are converted once, or one block at a time in every pass
/// where blocks are streamed. A pass over T tokens takes
/// 2 · parameters · T FLOPs. Attention is computed in bands of queries of at most 2²³ scores (or one row), unless a tap asks for all heads · T² of a layer. Passes may run side by side, but not where blocks are streamed.
/// </remarks>
public sealed partial class LanguageModel : IDisposable
{
    private readonly WeightReader _reader;
    private readonly IDisposable _source;
    private readonly ModelWeights _weights;
    private readonly BlockShelf _blocks;
    private readonly RotaryTable? _rotary;

    private LanguageModel(LanguageModelConfig config, IWeightSource source, ComputingPrecision precision, bool streamsBlocks)
    {
        (Config, Precision, _source) = (config, precision, (IDisposable)source);
        _reader = new WeightReader(source, TypeOf(precision), keepsNarrow: precision == ComputingPrecision.Mixed);
        using DisposeScope scope = torch.NewDisposeScope();
        try
        {
            _weights = config.Family switch
            {
                LanguageModelFamily.Gpt2 => Gpt2Layout.Read(_reader, config),
                LanguageModelFamily.GptNeoX => GptNeoXLayout.Read(_reader, config),
                _ => LlamaLayout.Read(_reader, config),
            };
            _blocks = new BlockShelf(source, _reader.Type, precision == ComputingPrecision.Mixed, config.Layers, _weights.Block, streamsBlocks);
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
        NativeHeap.Trim();
        _rotary = config.Rotary is null ? null : new RotaryTable(config.Rotary, _reader.Type);
    }

    /// <summary>Everything about the model but its weights.</summary>
    public LanguageModelConfig Config { get; }

    /// <summary>The format that the model computes in.</summary>
    public ComputingPrecision Precision { get; }

    /// <summary>Whether one block at a time is held, and read again in every pass.</summary>
    public bool StreamsBlocks => _blocks.IsStreamed;

    /// <summary>Called after each block of a pass with the number of blocks that are done and that of the pass, from the thread of the pass.</summary>
    public Action<int, int>? BlockDone { get; set; }

    /// <summary>Told the number of attention scores that are held at once; for tests.</summary>
    internal Action<long>? ScoresMade { get; set; }

    /// <summary>The weights of a block; where blocks are streamed, until another one is asked for.</summary>
    internal BlockWeights Block(int layer) => _blocks[layer];

    /// <summary>Weights of the output projection. Shape [vocabulary, width].</summary>
    internal torch.Tensor HeadWeights => _weights.Head.Weight;

    /// <summary>The type of norms, softmax and statistics.</summary>
    internal torch.ScalarType StatisticsType => _reader.StatisticsType;

    /// <summary>Loads a model.</summary>
    /// <param name="path">
    /// A Hugging Face folder (<c>config.json</c> and <c>.safetensors</c> files),
    /// a <c>.gguf</c> file of one of the same families, or a llama2.c <c>.bin</c> file.
    /// </param>
    /// <param name="precision">The format to compute in, whatever the file holds.</param>
    /// <param name="streamsBlocks">Whether to hold one block at a time, read again in every pass: a model may then be larger than memory.</param>
    /// <exception cref="ModelException">The file is no model that is known, or is damaged; the message is one line.</exception>
    /// <exception cref="TrainingException">libtorch cannot be used here.</exception>
    public static LanguageModel Load(string path, ComputingPrecision precision = ComputingPrecision.Bits32, bool streamsBlocks = false)
    {
        if (!LibTorchCompat.TryLoad(out string absent))
            throw new TrainingException(absent);
        IWeightSource? source = null;
        try
        {
            LanguageModelConfig config;
            if (Directory.Exists(path))
            {
                config = HuggingFaceConfig.Read(path);
                source = new SafetensorsFolder(path);
            }
            else if (path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            {
                var file = new GgufFile(path, precision is ComputingPrecision.Brain16 or ComputingPrecision.Mixed ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32);
                source = file;
                config = file.Config();
            }
            else
            {
                var file = new Llama2cFile(path);
                (config, source) = (file.Config, file);
            }
            return new LanguageModel(config, source, precision, streamsBlocks);
        }
        // Whatever untrusted files bring about, the caller sees one type of error.
        catch (Exception fault)
        {
            (source as IDisposable)?.Dispose();
            if (fault is ModelException or OutOfMemoryException)
                throw;
            throw new ModelException(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), $"cannot be read as a language model: {fault.Message.Split('\n')[0]}", fault);
        }
    }

    /// <summary>A model of weights drawn at random.</summary>
    internal static LanguageModel OfRandomWeights(LanguageModelConfig config, ComputingPrecision precision, ulong seed) =>
        new(config.Checked("config"), new RandomWeights(precision == ComputingPrecision.Mixed ? torch.ScalarType.BFloat16 : TypeOf(precision), seed), precision, streamsBlocks: false);

    /// <summary>An empty cache for this model.</summary>
    public KeyValueCache NewCache() => new(Config);

    /// <summary>Runs the first blocks on tokens for what a tap takes; no logits are computed.</summary>
    /// <param name="tokens">Ids, 0 to the vocabulary minus 1; at least one.</param>
    /// <param name="tap">What takes values.</param>
    /// <param name="layers">Number of blocks to run, 1 to all, or null for all.</param>
    /// <param name="cache">Tokens before these, or null; filled for the blocks that run.</param>
    /// <exception cref="ArgumentException">A token or the number of layers is out of its range, or learned positions do not reach that far.</exception>
    public void Run(ReadOnlySpan<int> tokens, IBlockTap tap, int? layers = null, KeyValueCache? cache = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Residual(tokens, cache, tap, layers ?? Config.Layers);
    }

    /// <summary>Runs the first blocks on several texts of as many tokens at once; a tap gets them one below the other.</summary>
    /// <param name="texts">Ids, 0 to the vocabulary minus 1. Shape [texts][tokens], at least one of each.</param>
    /// <param name="tap">What takes values. Shape [texts · tokens, ...] of perceptrons, [texts · heads, tokens, ...] of attention.</param>
    /// <param name="layers">Number of blocks to run, 1 to all, or null for all.</param>
    /// <exception cref="ArgumentException">The texts are of different lengths, or as for <see cref="Run"/>.</exception>
    public void RunTexts(IReadOnlyList<int[]> texts, IBlockTap tap, int? layers = null)
    {
        if (texts.Count == 0 || texts.Any(text => text.Length != texts[0].Length))
            throw new ArgumentException($"'texts' holds {texts.Count} texts of {string.Join(", ", texts.Select(text => text.Length).Distinct())} tokens; expected at least one, all of the same length.", nameof(texts));
        using DisposeScope scope = torch.NewDisposeScope();
        Residual([.. texts.SelectMany(text => text)], null, tap, layers ?? Config.Layers, texts.Count);
    }

    /// <summary>Logits of the token after the last one. Shape [vocabulary].</summary>
    /// <param name="tokens">Ids, 0 to the vocabulary minus 1; at least one.</param>
    /// <param name="cache">Tokens before these, or null; filled.</param>
    /// <param name="tap">What takes values from the blocks, or null.</param>
    /// <exception cref="ArgumentException">A token is out of its range, or learned positions do not reach that far.</exception>
    public double[] LastLogits(ReadOnlySpan<int> tokens, KeyValueCache? cache = null, IBlockTap? tap = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor residual = Residual(tokens, cache, tap, Config.Layers);
        return Logits(residual.narrow(0, tokens.Length - 1, 1));
    }

    /// <summary>Logits of the token after each one. Shape [tokens, vocabulary], row-major.</summary>
    /// <param name="tokens">Ids, 0 to the vocabulary minus 1; at least one.</param>
    /// <param name="cache">Tokens before these, or null; filled.</param>
    /// <param name="tap">What takes values from the blocks, or null.</param>
    /// <exception cref="ArgumentException">A token is out of its range, or learned positions do not reach that far.</exception>
    public double[] AllLogits(ReadOnlySpan<int> tokens, KeyValueCache? cache = null, IBlockTap? tap = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return Logits(Residual(tokens, cache, tap, Config.Layers));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rotary?.Dispose();
        _blocks.Dispose();
        _reader.Dispose();
        _source.Dispose();
    }

    internal static torch.ScalarType TypeOf(ComputingPrecision precision) => precision switch
    {
        ComputingPrecision.Bits64 => torch.ScalarType.Float64,
        ComputingPrecision.Brain16 => torch.ScalarType.BFloat16,
        _ => torch.ScalarType.Float32,
    };
}
