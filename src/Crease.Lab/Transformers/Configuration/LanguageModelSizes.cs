using Crease.Measures;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The sizes that a language model's operations follow from, without its weights and without libtorch.</summary>
public static class LanguageModelSizes
{
    /// <summary>Reads the sizes of a model.</summary>
    /// <param name="path">A Hugging Face folder (only <c>config.json</c> is read), a <c>.gguf</c> file, or a llama2.c <c>.bin</c> file.</param>
    /// <exception cref="ModelException">The file is no model that is known, or is damaged; the message is one line.</exception>
    public static TransformerShape Read(string path) => Of(Config(path));

    /// <summary>The sizes of a configuration.</summary>
    /// <param name="config">A checked configuration.</param>
    public static TransformerShape Of(LanguageModelConfig config)
    {
        long width = config.Width, queries = (long)config.Heads * config.HeadWidth, keys = (long)config.KeyValueHeads * config.HeadWidth;
        long norm = config.Norm == NormKind.Layer ? 2 * width : width, norms = (config.SharesNorm ? 1 : 2) * (config.OutputNorms ? 2 : 1);
        return new TransformerShape
        {
            Layers = config.Layers,
            Width = width,
            AttentionWidth = queries,
            KeyValueWidth = keys,
            MlpWidth = config.MlpWidth,
            Vocabulary = config.Vocabulary,
            MlpMatrices = config.IsGated ? 3 : 2,
            IsTied = config.TiedEmbedding,
            Positions = config.Rotary is null ? config.Context : 0,
            NormParameters = norms * norm + (config.QueryKeyNorms ? 2 * config.HeadWidth : 0),
            LastNormParameters = norm,
            Biases = (config.AttentionBias ? queries + 2 * keys : 0) + (config.AttentionOutputBias ? width : 0) + (config.MlpBias ? (config.IsGated ? 2 : 1) * config.MlpWidth + width : 0),
            HeadBiases = config.HeadBias ? config.Vocabulary : 0,
        };
    }

    private static LanguageModelConfig Config(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return HuggingFaceConfig.Read(path);
            if (path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            {
                using var file = new GgufFile(path, TorchSharp.torch.ScalarType.Float32);
                return file.Config();
            }
            using var weights = new Llama2cFile(path);
            return weights.Config;
        }
        // Whatever untrusted files bring about, the caller sees one type of error.
        catch (Exception fault) when (fault is not (ModelException or OutOfMemoryException))
        {
            throw new ModelException(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), $"cannot be read as a language model: {fault.Message.Split('\n')[0]}", fault);
        }
    }
}
