using TorchSharp;

namespace Crease.Lab;

/// <summary>Names of the weights of GPT-2, whose matrices are stored with inputs first.</summary>
internal static class Gpt2Layout
{
    public static ModelWeights Read(WeightReader reader, LanguageModelConfig config)
    {
        // Written with and without the head's class around it.
        string prefix = reader.Source.Holds("wte.weight") ? "" : "transformer.";
        torch.Tensor embedding = reader.Take(prefix + "wte.weight", config.Vocabulary, config.Width);
        return new ModelWeights(
            embedding,
            reader.Take(prefix + "wpe.weight", config.Context, config.Width),
            reader.Normalization(prefix + "ln_f", config, config.Width),
            config.TiedEmbedding ? new Projection(embedding) : reader.Projection("lm_head", config.Vocabulary, config.Width, hasBias: false),
            (blocks, layer) => Block(blocks, config, $"{prefix}h.{layer}."));
    }

    private static BlockWeights Block(WeightReader reader, LanguageModelConfig config, string block)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        int width = config.Width;
        Projection[] attended = Transposed(reader, block + "attn.c_attn", width, width, 3);
        return new BlockWeights
        {
            AttentionNorm = reader.Normalization(block + "ln_1", config, width),
            MlpNorm = reader.Normalization(block + "ln_2", config, width),
            Query = attended[0],
            Key = attended[1],
            Value = attended[2],
            Output = Transposed(reader, block + "attn.c_proj", width, width, 1)[0],
            Gate = Transposed(reader, block + "mlp.c_fc", width, config.MlpWidth, 1)[0],
            Down = Transposed(reader, block + "mlp.c_proj", config.MlpWidth, width, 1)[0],
        };
    }

    private static Projection[] Transposed(WeightReader reader, string name, int inputs, int outputs, int parts)
    {
        torch.Tensor weight = reader.Raw(name + ".weight", inputs, (long)parts * outputs), bias = reader.Raw(name + ".bias", (long)parts * outputs);
        return [.. Enumerable.Range(0, parts).Select(part => new Projection(
            reader.Keep(weight.narrow(1, (long)part * outputs, outputs).t()),
            reader.Keep(bias.narrow(0, (long)part * outputs, outputs))))];
    }
}
