using Crease.Models;

namespace Crease.Lab;

/// <summary>The configuration in the settings of a GGUF file.</summary>
/// <remarks>What a file leaves to the program that runs it, such as activations and the scale of embeddings, is that of each architecture.</remarks>
internal sealed class GgufConfig(GgufHeader header, string file, string kind)
{
    // The largest Gemma 2 scales scores by the width over the heads, and the file does not say so.
    private const int LayersOfLargestGemma2 = 46;

    private const string AllTexts = "rope_freqs.weight", ShortTexts = "rope_factors_short.weight", LongTexts = "rope_factors_long.weight";

    private static readonly (string Kind, LanguageModelFamily Family)[] Kinds =
    [
        ("llama", LanguageModelFamily.Llama), ("qwen2", LanguageModelFamily.Qwen2), ("qwen3", LanguageModelFamily.Qwen3), ("phi2", LanguageModelFamily.Phi), ("phi3", LanguageModelFamily.Phi3),
        ("gemma", LanguageModelFamily.Gemma), ("gemma2", LanguageModelFamily.Gemma2), ("gpt2", LanguageModelFamily.Gpt2), ("gptneox", LanguageModelFamily.GptNeoX),
    ];

    /// <summary>The family of a file.</summary>
    /// <exception cref="ModelException">The architecture is another.</exception>
    public static LanguageModelFamily Family(string kind, string file)
    {
        int found = Array.FindIndex(Kinds, known => known.Kind == kind);
        return found >= 0 ? Kinds[found].Family : throw new ModelException(file, $"'general.architecture' is '{kind}'; accepted are {string.Join(", ", Kinds.Select(known => known.Kind))}");
    }

    /// <summary>Reads and checks everything.</summary>
    /// <param name="factors">Reads a table of factors of rotations by its name, for so many pairs; null where there is none.</param>
    /// <exception cref="ModelException">A setting is missing, out of range or not supported.</exception>
    public LanguageModelConfig Read(Func<string, int, double[]?> factors)
    {
        LanguageModelFamily family = Family(kind, file);
        if (header.Find("blk.0.ffn_gate_inp.weight") is not null)
            throw new ModelException(file, "mixes experts; plain models are accepted");
        int width = Whole("embedding_length"), heads = Whole("attention.head_count"), head = Whole("attention.key_length", heads > 0 ? width / heads : 0);
        var shared = new LanguageModelConfig
        {
            Family = family,
            Layers = Whole("block_count"),
            Width = width,
            Heads = heads,
            KeyValueHeads = Whole("attention.head_count_kv", heads),
            HeadWidth = head,
            MlpWidth = Whole("feed_forward_length"),
            Vocabulary = (int)(header.Find("token_embd.weight") ?? throw new ModelException(file, "holds no tensor 'token_embd.weight'")).Extents[0],
            Context = Whole("context_length"),
            NormEpsilon = header.Number($"{kind}.attention.layer_norm_rms_epsilon", 1e-6),
            Rotary = family == LanguageModelFamily.Gpt2 ? null : Rotary(family, head, factors),
            AttentionBias = header.Find("blk.0.attn_q.bias") is not null,
            QueryKeyNorms = family == LanguageModelFamily.Qwen3,
            TiedEmbedding = header.Find("output.weight") is null,
        };
        return (family switch
        {
            LanguageModelFamily.Phi3 => shared with { SlidingWindow = Window(shared) },
            LanguageModelFamily.Gemma => Gemma(shared),
            LanguageModelFamily.Gemma2 => Gemma(shared) with
            {
                OutputNorms = true,
                SlidingWindow = Whole("attention.sliding_window", 4096),
                AlternatesWindow = true,
                AttentionScale = shared.Layers == LayersOfLargestGemma2 && heads > 0 ? 1 / Math.Sqrt(width / heads) : null,
                AttentionSoftCap = Cap("attn_logit_softcapping"),
                LogitSoftCap = Cap("final_logit_softcapping"),
            },
            LanguageModelFamily.Phi => Plain(shared, MlpActivation.GeluTanh) with { IsParallel = true, SharesNorm = true, HeadBias = header.Find("output.bias") is not null },
            LanguageModelFamily.Gpt2 => Plain(shared, MlpActivation.GeluTanh),
            LanguageModelFamily.GptNeoX => Plain(shared, MlpActivation.Gelu) with { AttentionBias = header.Find("blk.0.attn_qkv.bias") is not null, IsParallel = header.Number($"{kind}.use_parallel_residual", 1) != 0 },
            _ => shared,
        }).Checked(file);
    }

    // The file's norms are written with their gains, one added.
    private static LanguageModelConfig Gemma(LanguageModelConfig shared) => shared with { Activation = MlpActivation.GeluTanh, EmbeddingScale = Math.Sqrt(shared.Width) };

    private LanguageModelConfig Plain(LanguageModelConfig shared, MlpActivation activation) => shared with
    {
        Norm = NormKind.Layer,
        NormEpsilon = header.Number($"{kind}.attention.layer_norm_epsilon", 1e-5),
        Activation = activation,
        IsGated = false,
        AttentionBias = true,
        AttentionOutputBias = header.Find("blk.0.attn_output.bias") is not null,
        MlpBias = true,
    };

    private RotaryPositions Rotary(LanguageModelFamily family, int head, Func<string, int, double[]?> factors)
    {
        int turned = Whole("rope.dimension_count", head);
        if (turned is < 2 or > 1 << 16)
            throw new ModelException(file, $"'{kind}.rope.dimension_count' is {turned}; expected 2 to {1 << 16}");
        double root = header.Number($"{kind}.rope.freq_base", 10000);
        return new RotaryPositions(root, family == LanguageModelFamily.Llama ? RotaryStyle.AdjacentPairs : RotaryStyle.HalfSplit, turned, Stretched(root, turned, factors));
    }

    // Tables say more than the settings do.
    private RotaryScaling? Stretched(double root, int turned, Func<string, int, double[]?> factors)
    {
        string scaling = header.Text($"{kind}.rope.scaling.type", "none");
        double[]? all = factors(AllTexts, turned / 2), brief = factors(ShortTexts, turned / 2), extended = factors(LongTexts, turned / 2);
        if ((brief is null) != (extended is null))
            throw new ModelException(file, $"holds {(brief is null ? LongTexts : ShortTexts)} alone; expected {ShortTexts} and {LongTexts}, or neither");
        int context = Whole("context_length"), original = Whole("rope.scaling.original_context_length", context);
        if (brief is not null)
            return new LongRotaryScaling([.. brief], [.. extended!], original, header.Number($"{kind}.rope.scaling.attn_factor", LongRotaryScaling.UsualStrength(context, original)));
        if (all is not null)
            return new TableRotaryScaling([.. all]);
        double Factor() => header.Number($"{kind}.rope.scaling.factor");
        return scaling switch
        {
            "none" => null,
            "linear" => new LinearRotaryScaling(Factor()),
            "yarn" => YarnRotaryScaling.Of(Factor(), root, turned, original, YarnRotaryScaling.UsualFastTurns, YarnRotaryScaling.UsualSlowTurns, isWhole: true, YarnRotaryScaling.UsualStrength(Factor()) * header.Number($"{kind}.rope.scaling.attn_factor", 1)),
            _ => throw new ModelException(file, $"stretches rotations by '{scaling}'; accepted are no scaling, a linear one, yarn, one table, or one for short and one for long texts"),
        };
    }

    // A window as long as the context, or of 0, holds nothing back.
    private int? Window(LanguageModelConfig shared) => Whole("attention.sliding_window", 0) is > 0 and int window && window < shared.Context ? window : null;

    private double? Cap(string name) => header.Number($"{kind}.{name}", 0) is var cap && cap != 0 ? cap : null;

    private int Whole(string name, int? absent = null) => header.Whole($"{kind}.{name}", absent);
}
