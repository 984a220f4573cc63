using TorchSharp;

namespace Crease.Lab;

/// <summary>Names of the weights of GPT-NeoX, whose queries, keys and values are stacked head by head.</summary>
internal static class GptNeoXLayout
{
    public static ModelWeights Read(WeightReader reader, LanguageModelConfig config)
    {
        torch.Tensor embedding = reader.Take("gpt_neox.embed_in.weight", config.Vocabulary, config.Width);
        return new ModelWeights(
            embedding,
            null,
            reader.Normalization("gpt_neox.final_layer_norm", config, config.Width),
            config.TiedEmbedding ? new Projection(embedding) : reader.Projection("embed_out", config.Vocabulary, config.Width, hasBias: false),
            (blocks, layer) => Block(blocks, config, $"gpt_neox.layers.{layer}."));
    }

    private static BlockWeights Block(WeightReader reader, LanguageModelConfig config, string block)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        int width = config.Width, heads = config.Heads, head = config.HeadWidth, queries = heads * head;
        string fused = block + "attention.query_key_value";
        torch.Tensor weight = reader.Raw(fused + ".weight", 3L * queries, width).view(heads, 3, head, width);
        torch.Tensor? bias = config.AttentionBias ? reader.Raw(fused + ".bias", 3L * queries).view(heads, 3, head) : null;
        Projection Part(int part) => new(reader.Keep(weight.select(1, part).reshape(queries, width)), bias is null ? null : reader.Keep(bias.select(1, part).reshape(queries)));
        return new BlockWeights
        {
            AttentionNorm = reader.Normalization(block + "input_layernorm", config, width),
            MlpNorm = reader.Normalization(block + "post_attention_layernorm", config, width),
            Query = Part(0),
            Key = Part(1),
            Value = Part(2),
            Output = reader.Projection(block + "attention.dense", width, queries, config.AttentionOutputBias),
            Gate = reader.Projection(block + "mlp.dense_h_to_4h", config.MlpWidth, width, config.MlpBias),
            Down = reader.Projection(block + "mlp.dense_4h_to_h", width, config.MlpWidth, config.MlpBias),
        };
    }
}
