using System.Text.Json.Nodes;

namespace Crease.Lab.Tests;

/// <summary>Writes the weights of a folder as the converters of the ggml project do: other names, and some numbers in another order.</summary>
internal static class GgufModel
{
    private const int Width = RandomModel.Width, Heads = RandomModel.Heads, Head = RandomModel.HeadWidth;

    public static byte[] Written(RandomModel random, int type, params (string, int[], int, byte[])[] more) =>
        GgufBytes.Packed([.. Settings(random)], [.. random.Names.Select(name => Tensor(random, name, type)), .. more]);

    /// <summary>The same with settings added.</summary>
    public static byte[] Written(RandomModel random, int type, (string, object)[] settings, params (string, int[], int, byte[])[] more) =>
        GgufBytes.Packed([.. Settings(random), .. settings], [.. random.Names.Select(name => Tensor(random, name, type)), .. more]);

    /// <summary>The same with one setting changed or added.</summary>
    public static byte[] Changed(RandomModel random, string key, object value) =>
        GgufBytes.Packed([.. Settings(random).Where(setting => setting.Key != key), (key, value)], [.. random.Names.Select(name => Tensor(random, name, 0))]);

    private static string Kind(RandomModel random) => random.Family switch { "mistral" => "llama", "phi" => "phi2", "gpt_neox" => "gptneox", string other => other };

    private static IEnumerable<(string Key, object Value)> Settings(RandomModel random)
    {
        string kind = Kind(random);
        JsonNode? Of(string name) => random.Config[name];
        float share = (Of("partial_rotary_factor") ?? Of("rotary_pct"))?.GetValue<float>() ?? (kind == "phi2" ? 0.5f : kind == "gptneox" ? 0.25f : 1);
        yield return ("general.architecture", kind);
        yield return ("tokenizer.ggml.tokens", new[] { "a", "bc", "" });
        yield return ($"{kind}.block_count", RandomModel.Layers);
        yield return ($"{kind}.embedding_length", Width);
        yield return ($"{kind}.feed_forward_length", RandomModel.Hidden);
        yield return ($"{kind}.attention.head_count", Heads);
        yield return ($"{kind}.attention.head_count_kv", random.KeyValueHeads);
        yield return ($"{kind}.context_length", RandomModel.Context);
        yield return (kind is "phi2" or "gpt2" or "gptneox" ? $"{kind}.attention.layer_norm_epsilon" : $"{kind}.attention.layer_norm_rms_epsilon", 1e-5f);
        if (kind.StartsWith("gemma", StringComparison.Ordinal))
            yield return ($"{kind}.attention.key_length", Head);
        if (kind != "gpt2")
            yield return ($"{kind}.rope.dimension_count", (int)(Head * share));
        if (Of("use_parallel_residual") is JsonNode parallel)
            yield return ($"{kind}.use_parallel_residual", parallel.GetValue<bool>() ? 1 : 0);
        if (Of("sliding_window") is JsonNode window)
            yield return ($"{kind}.attention.sliding_window", window.GetValue<int>());
        foreach (string cap in (string[])["attn_logit_softcapping", "final_logit_softcapping"])
        {
            if (Of(cap) is JsonNode value)
                yield return ($"{kind}.{cap}", value.GetValue<float>());
        }
    }

    private static (string, int[], int, byte[]) Tensor(RandomModel random, string name, int type)
    {
        (string Ours, string Theirs)[] names = random.Family == "gemma2"
            ? [("pre_feedforward_layernorm", "ffn_norm"), ("post_feedforward_layernorm", "post_ffw_norm"), ("post_attention_layernorm", "post_attention_norm"), .. Usual]
            : [.. Usual, ("post_attention_layernorm", "ffn_norm")];
        string theirs = names.Aggregate(name, (text, pair) => text.Replace(pair.Ours, pair.Theirs, StringComparison.Ordinal));
        float[] values = [.. random[name]];
        int[] shape = random.ShapeOf(name);
        bool isQueryOrKey = theirs.Contains("attn_q.", StringComparison.Ordinal) || theirs.Contains("attn_k.", StringComparison.Ordinal);
        // The halves of queries and keys are interleaved.
        if (Kind(random) == "llama" && isQueryOrKey)
            values = Rows(values, Width, row => row - row % Head + (row % Head % 2 == 0 ? row % Head / 2 : Head / 2 + row % Head / 2));
        // Queries, keys and values of each head become all queries, all keys, all values.
        if (random.Family == "gpt_neox" && theirs.Contains("attn_qkv", StringComparison.Ordinal))
            values = Rows(values, values.Length / (3 * Heads * Head), row => row / Head % Heads * 3 * Head + row / (Heads * Head) * Head + row % Head);
        if (random.Family == "gpt2" && shape.Length == 2 && theirs.StartsWith("blk.", StringComparison.Ordinal))
        {
            int inputs = shape[0], outputs = shape[1];
            values = [.. Enumerable.Range(0, values.Length).Select(i => values[i % inputs * outputs + i / inputs])];
            shape = [outputs, inputs];
        }
        if (random.Family.StartsWith("gemma", StringComparison.Ordinal) && theirs.EndsWith("norm.weight", StringComparison.Ordinal))
            values = Array.ConvertAll(values, value => value + 1);
        bool isVector = shape.Length == 1;
        return (theirs, shape, isVector ? 0 : type, RandomModel.Bytes(values, isVector || type == 0 ? "F32" : type == 1 ? "F16" : "BF16"));
    }

    private static readonly (string Ours, string Theirs)[] Usual =
    [
        ("model.layers.", "blk."), ("gpt_neox.layers.", "blk."), ("transformer.h.", "blk."),
        ("model.embed_tokens", "token_embd"), ("gpt_neox.embed_in", "token_embd"), ("transformer.wte", "token_embd"), ("transformer.wpe", "position_embd"),
        ("model.norm", "output_norm"), ("model.final_layernorm", "output_norm"), ("gpt_neox.final_layer_norm", "output_norm"), ("transformer.ln_f", "output_norm"), ("lm_head", "output"), ("embed_out", "output"),
        ("self_attn.qkv_proj", "attn_qkv"), ("self_attn.o_proj", "attn_output"), ("self_attn.dense", "attn_output"), ("attention.query_key_value", "attn_qkv"), ("attention.dense", "attn_output"),
        (".attn.c_attn", ".attn_qkv"), (".attn.c_proj", ".attn_output"), ("mlp.gate_up_proj", "ffn_up"), ("mlp.fc1", "ffn_up"), ("mlp.fc2", "ffn_down"), ("mlp.dense_h_to_4h", "ffn_up"), ("mlp.dense_4h_to_h", "ffn_down"),
        ("mlp.c_fc", "ffn_up"), ("mlp.c_proj", "ffn_down"), ("self_attn.", "attn_"), ("mlp.", "ffn_"), ("_proj", ""), ("input_layernorm", "attn_norm"), (".ln_1", ".attn_norm"), (".ln_2", ".ffn_norm"),
    ];

    // Row i of the result is row source(i) of the values.
    private static float[] Rows(float[] values, int width, Func<int, int> source) => [.. Enumerable.Range(0, values.Length).Select(i => values[source(i / width) * width + i % width])];
}
