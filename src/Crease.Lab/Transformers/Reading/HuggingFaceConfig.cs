using System.Collections.Immutable;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The configuration of a Hugging Face folder: <c>config.json</c> in the words of each architecture.</summary>
internal static class HuggingFaceConfig
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "config.json";

    private static readonly ImmutableSortedDictionary<string, Func<JsonFile, LanguageModelConfig>> Families = new Dictionary<string, Func<JsonFile, LanguageModelConfig>>
    {
        ["llama"] = json => Llama(json, LanguageModelFamily.Llama),
        ["mistral"] = json => Llama(json, LanguageModelFamily.Mistral) with { SlidingWindow = Window(json) },
        ["qwen2"] = json => Llama(json, LanguageModelFamily.Qwen2) with { AttentionBias = true, AttentionOutputBias = false, SlidingWindow = QwenWindow(json) },
        ["qwen3"] = json => Llama(json, LanguageModelFamily.Qwen3) with { QueryKeyNorms = true, SlidingWindow = QwenWindow(json) },
        ["phi"] = Phi,
        ["phi3"] = json => Llama(json, LanguageModelFamily.Phi3) with { SlidingWindow = Window(json) },
        ["gemma"] = json => Gemma(json, LanguageModelFamily.Gemma),
        ["gemma2"] = json => Gemma(json, LanguageModelFamily.Gemma2) with
        {
            OutputNorms = true,
            SlidingWindow = Window(json),
            AlternatesWindow = true,
            AttentionScale = 1 / Math.Sqrt(Positive(json, "query_pre_attn_scalar", json.Number("head_dim", 256))),
            AttentionSoftCap = Optional(json, "attn_logit_softcapping"),
            LogitSoftCap = Optional(json, "final_logit_softcapping"),
        },
        ["gpt2"] = Gpt2,
        ["gpt_neox"] = GptNeoX,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <exception cref="ModelException">The architecture is unknown, or a setting is missing, out of range or not supported; the message is one line.</exception>
    public static LanguageModelConfig Read(string folder)
    {
        JsonFile json = JsonFile.Read(Path.Combine(folder, FileName));
        string type = json.Text("model_type");
        if (!Families.TryGetValue(type, out Func<JsonFile, LanguageModelConfig>? family))
            throw new ModelException(FileName, $"'model_type' is '{type}'; accepted are {string.Join(", ", Families.Keys)}");
        return family(json).Checked(FileName);
    }

    private static LanguageModelConfig Llama(JsonFile json, LanguageModelFamily family)
    {
        int width = json.Whole("hidden_size"), heads = json.Whole("num_attention_heads");
        int headWidth = json.Whole("head_dim", heads > 0 ? width / heads : 0);
        bool bias = json.Flag("attention_bias", false);
        return new LanguageModelConfig
        {
            Family = family,
            Layers = json.Whole("num_hidden_layers"),
            Width = width,
            Heads = heads,
            KeyValueHeads = json.Whole("num_key_value_heads", heads),
            HeadWidth = headWidth,
            MlpWidth = json.Whole("intermediate_size"),
            Vocabulary = json.Whole("vocab_size"),
            Context = json.Whole("max_position_embeddings", 2048),
            NormEpsilon = json.Number("rms_norm_eps", 1e-6),
            Rotary = HuggingFaceRotary.Read(json, headWidth, 1),
            Activation = Activation(json, "hidden_act", "silu"),
            AttentionBias = bias,
            AttentionOutputBias = bias,
            MlpBias = json.Flag("mlp_bias", false),
            TiedEmbedding = json.Flag("tie_word_embeddings", false),
        };
    }

    private static LanguageModelConfig Gemma(JsonFile json, LanguageModelFamily family) => Llama(json, family) with
    {
        HeadWidth = json.Whole("head_dim", 256),
        Rotary = HuggingFaceRotary.Read(json, json.Whole("head_dim", 256), 1),
        // Configurations of the first version name the exact function and mean the approximate one.
        Activation = json.Has("hidden_activation") ? Activation(json, "hidden_activation", "") : MlpActivation.GeluTanh,
        OffsetNorms = true,
        EmbeddingScale = Math.Sqrt(json.Whole("hidden_size")),
        TiedEmbedding = json.Flag("tie_word_embeddings", true),
    };

    private static LanguageModelConfig Phi(JsonFile json)
    {
        if (json.Flag("qk_layernorm", false))
            throw new ModelException(FileName, "'qk_layernorm' is true; Phi is accepted without it");
        LanguageModelConfig llama = Llama(json, LanguageModelFamily.Phi);
        return llama with
        {
            Norm = NormKind.Layer,
            NormEpsilon = json.Number("layer_norm_eps", 1e-5),
            Rotary = HuggingFaceRotary.Read(json, llama.HeadWidth, 0.5),
            Activation = Activation(json, "hidden_act", "gelu_new"),
            IsGated = false,
            AttentionBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
            HeadBias = true,
            IsParallel = true,
            SharesNorm = true,
        };
    }

    private static LanguageModelConfig GptNeoX(JsonFile json)
    {
        LanguageModelConfig llama = Llama(json, LanguageModelFamily.GptNeoX);
        bool bias = json.Flag("attention_bias", true);
        return llama with
        {
            Norm = NormKind.Layer,
            NormEpsilon = json.Number("layer_norm_eps", 1e-5),
            Rotary = HuggingFaceRotary.Read(json, llama.HeadWidth, json.Number("rotary_pct", 0.25)),
            Activation = Activation(json, "hidden_act", "gelu"),
            IsGated = false,
            AttentionBias = bias,
            AttentionOutputBias = bias,
            MlpBias = true,
            IsParallel = json.Flag("use_parallel_residual", true),
        };
    }

    private static LanguageModelConfig Gpt2(JsonFile json)
    {
        if (json.Flag("scale_attn_by_inverse_layer_idx", false) || !json.Flag("scale_attn_weights", true) || json.Flag("add_cross_attention", false))
            throw new ModelException(FileName, "scales attention by layer, not at all, or crosses it; plain GPT-2 is accepted");
        int width = json.Whole("n_embd"), heads = json.Whole("n_head");
        return new LanguageModelConfig
        {
            Family = LanguageModelFamily.Gpt2,
            Layers = json.Whole("n_layer"),
            Width = width,
            Heads = heads,
            KeyValueHeads = heads,
            HeadWidth = heads > 0 && width % heads == 0 ? width / heads : throw new ModelException(FileName, $"'n_embd' is {width} for {heads} heads; expected a multiple of the heads"),
            MlpWidth = json.Whole("n_inner", (int)Math.Min(4L * width, int.MaxValue)),
            Vocabulary = json.Whole("vocab_size"),
            Context = json.Whole("n_positions", 1024),
            Norm = NormKind.Layer,
            NormEpsilon = json.Number("layer_norm_epsilon", 1e-5),
            Activation = Activation(json, "activation_function", "gelu_new"),
            IsGated = false,
            AttentionBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
            TiedEmbedding = json.Flag("tie_word_embeddings", true),
        };
    }

    private static MlpActivation Activation(JsonFile json, string key, string absent) => json.Text(key, absent) switch
    {
        "silu" or "swish" => MlpActivation.Silu,
        "gelu" => MlpActivation.Gelu,
        "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => MlpActivation.GeluTanh,
        "relu" => MlpActivation.Relu,
        string other => throw new ModelException(FileName, $"'{key}' is '{other}'; accepted are silu, gelu, gelu_new, gelu_pytorch_tanh and relu"),
    };

    private static int? Window(JsonFile json) => json.Has("sliding_window") ? json.Whole("sliding_window") : null;

    // Qwen names a window that it does not use unless told to, and then from a layer on.
    private static int? QwenWindow(JsonFile json) => !json.Flag("use_sliding_window", false) ? null
        : json.Whole("max_window_layers", 0) == 0 ? Window(json)
        : throw new ModelException(FileName, "'use_sliding_window' holds on some layers only; accepted are all or none");

    private static double? Optional(JsonFile json, string key) => json.Has(key) ? json.Number(key) : null;

    private static double Positive(JsonFile json, string key, double absent) =>
        json.Number(key, absent) is var value and > 0 ? value : throw new ModelException(FileName, $"'{key}' is {json.Number(key, absent)}; expected a positive number");
}
