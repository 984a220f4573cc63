using TorchSharp;

namespace Crease.Lab;

/// <summary>Names of the weights of Llama and its relatives: Mistral, Qwen, Phi, Gemma.</summary>
internal static class LlamaLayout
{
    public static ModelWeights Read(WeightReader reader, LanguageModelConfig config)
    {
        torch.Tensor embedding = reader.Take("model.embed_tokens.weight", config.Vocabulary, config.Width);
        bool isPhi = config.Family == LanguageModelFamily.Phi;
        return new ModelWeights(
            embedding,
            null,
            reader.Normalization(isPhi ? "model.final_layernorm" : "model.norm", config, config.Width),
            config.TiedEmbedding ? new Projection(embedding) : reader.Projection("lm_head", config.Vocabulary, config.Width, config.HeadBias),
            (blocks, layer) => Block(blocks, config, $"model.layers.{layer}."));
    }

    private static BlockWeights Block(WeightReader reader, LanguageModelConfig config, string block)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        string attention = block + "self_attn.", mlp = block + "mlp.";
        int width = config.Width, queries = config.Heads * config.HeadWidth, keys = config.KeyValueHeads * config.HeadWidth, hidden = config.MlpWidth;
        bool isPhi = config.Family == LanguageModelFamily.Phi, isFused = config.Family == LanguageModelFamily.Phi3;
        Projection[] attended = isFused
            ? Split(reader, attention + "qkv_proj.weight", width, queries, keys, keys)
            : [reader.Projection(attention + "q_proj", queries, width, config.AttentionBias), reader.Projection(attention + "k_proj", keys, width, config.AttentionBias), reader.Projection(attention + "v_proj", keys, width, config.AttentionBias)];
        Projection[] gates = isFused ? Split(reader, mlp + "gate_up_proj.weight", width, hidden, hidden)
            : config.IsGated ? [reader.Projection(mlp + "gate_proj", hidden, width, config.MlpBias), reader.Projection(mlp + "up_proj", hidden, width, config.MlpBias)]
            : [reader.Projection(mlp + "fc1", hidden, width, config.MlpBias)];
        Normalization? Norm(string name, bool isThere, int size) => isThere ? reader.Normalization(name, config, size) : null;
        return new BlockWeights
        {
            AttentionNorm = reader.Normalization(block + "input_layernorm", config, width),
            AttentionOutputNorm = Norm(block + "post_attention_layernorm", config.OutputNorms, width),
            MlpNorm = Norm(block + (config.OutputNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm"), !config.SharesNorm, width),
            MlpOutputNorm = Norm(block + "post_feedforward_layernorm", config.OutputNorms, width),
            Query = attended[0],
            Key = attended[1],
            Value = attended[2],
            QueryNorm = Norm(attention + "q_norm", config.QueryKeyNorms, config.HeadWidth),
            KeyNorm = Norm(attention + "k_norm", config.QueryKeyNorms, config.HeadWidth),
            Output = reader.Projection(attention + (isPhi ? "dense" : "o_proj"), width, queries, config.AttentionOutputBias),
            Gate = gates[0],
            Up = gates.ElementAtOrDefault(1),
            Down = reader.Projection(mlp + (isPhi ? "fc2" : "down_proj"), width, hidden, config.MlpBias),
        };
    }

    private static Projection[] Split(WeightReader reader, string name, int width, params int[] parts)
    {
        torch.Tensor fused = reader.Raw(name, parts.Sum(), width);
        int from = 0;
        return [.. parts.Select(part => new Projection(reader.Keep(fused.narrow(0, (from += part) - part, part))))];
    }
}
