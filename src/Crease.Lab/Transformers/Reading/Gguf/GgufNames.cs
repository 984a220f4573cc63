namespace Crease.Lab;

/// <summary>What a GGUF file calls the tensors of a Hugging Face folder, by family.</summary>
/// <remarks>Source: the tensor names of the ggml project's format.</remarks>
internal static class GgufNames
{
    private static readonly (string Ours, string Theirs)[] Whole =
    [
        ("model.embed_tokens", "token_embd"), ("gpt_neox.embed_in", "token_embd"), ("wte", "token_embd"), ("wpe", "position_embd"),
        ("model.norm", "output_norm"), ("model.final_layernorm", "output_norm"), ("gpt_neox.final_layer_norm", "output_norm"), ("ln_f", "output_norm"),
        ("lm_head", "output"), ("embed_out", "output"),
    ];

    private static readonly (string Ours, string Theirs)[] Parts =
    [
        ("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k"), ("self_attn.v_proj", "attn_v"), ("self_attn.o_proj", "attn_output"), ("self_attn.dense", "attn_output"), ("self_attn.qkv_proj", "attn_qkv"),
        ("self_attn.q_norm", "attn_q_norm"), ("self_attn.k_norm", "attn_k_norm"), ("input_layernorm", "attn_norm"), ("post_attention_layernorm", "ffn_norm"),
        ("mlp.gate_proj", "ffn_gate"), ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"), ("mlp.gate_up_proj", "ffn_up"), ("mlp.fc1", "ffn_up"), ("mlp.fc2", "ffn_down"),
        ("attention.query_key_value", "attn_qkv"), ("attention.dense", "attn_output"), ("mlp.dense_h_to_4h", "ffn_up"), ("mlp.dense_4h_to_h", "ffn_down"),
        ("ln_1", "attn_norm"), ("ln_2", "ffn_norm"), ("attn.c_attn", "attn_qkv"), ("attn.c_proj", "attn_output"), ("mlp.c_fc", "ffn_up"), ("mlp.c_proj", "ffn_down"),
    ];

    private static readonly (string Ours, string Theirs)[] Gemma2Norms =
        [("post_attention_layernorm", "post_attention_norm"), ("pre_feedforward_layernorm", "ffn_norm"), ("post_feedforward_layernorm", "post_ffw_norm")];

    private static readonly string[] Stacks = ["model.layers.", "gpt_neox.layers.", "h."];

    /// <summary>The file's name of a tensor.</summary>
    /// <param name="family">The architecture.</param>
    /// <param name="tensor">The name in a folder, ending in <c>.weight</c> or <c>.bias</c>.</param>
    public static string Of(LanguageModelFamily family, string tensor)
    {
        int kind = tensor.LastIndexOf('.');
        if (kind < 0)
            return tensor;
        (string name, string ending) = (tensor[..kind], tensor[kind..]);
        if (Array.Find(Stacks, stack => name.StartsWith(stack, StringComparison.Ordinal)) is not string start)
            return (Array.Find(Whole, part => part.Ours == name).Theirs ?? name) + ending;
        int inner = name.IndexOf('.', start.Length);
        string layer = name[start.Length..inner], rest = name[(inner + 1)..];
        string? own = family == LanguageModelFamily.Gemma2 ? Array.Find(Gemma2Norms, part => part.Ours == rest).Theirs : null;
        return $"blk.{layer}.{own ?? Array.Find(Parts, part => part.Ours == rest).Theirs ?? rest}{ending}";
    }
}
