using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>GGUF files against the folder of the same weights.</summary>
public sealed class GgufTests
{
    [Theory]
    [InlineData("llama", 0, "F32")]
    [InlineData("llama", 1, "F16")]
    [InlineData("qwen2", 30, "BF16")]
    [InlineData("qwen3", 0, "F32")]
    public void A_file_runs_as_the_folder_of_its_weights(string family, int type, string name)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family);
        random.Round(name);
        random.Write(folder);
        File.WriteAllBytes(folder.At("model.gguf"), Written(random, type));
        using LanguageModel expected = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64), found = LanguageModel.Load(folder.At("model.gguf"), ComputingPrecision.Bits64);
        double[] wanted = expected.AllLogits(random.Tokens(12)), logits = found.AllLogits(random.Tokens(12));
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], logits[i], 1e-6);
    }

    [Fact]
    public void A_table_of_factors_stretches_as_the_rule_it_was_made_by()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var rule = new Llama3RotaryScaling(8, 1, 4, 16);
        var random = new RandomModel("llama", more: """{"rope_scaling": {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": 16}}""");
        random.Write(folder);
        double[] plain = new RotaryPositions(10000, RotaryStyle.AdjacentPairs, RandomModel.HeadWidth).Frequencies();
        float[] factors = [.. plain.Select((frequency, pair) => (float)(frequency / rule.Scaled(frequency, pair)))];
        Assert.True(factors.Max() > 2);
        File.WriteAllBytes(folder.At("model.gguf"), Written(random, 0, ("rope_freqs.weight", [factors.Length], 0, RandomModel.Bytes(factors, "F32"))));
        using LanguageModel expected = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64), found = LanguageModel.Load(folder.At("model.gguf"), ComputingPrecision.Bits64);
        double[] wanted = expected.AllLogits(random.Tokens(30)), logits = found.AllLogits(random.Tokens(30));
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], logits[i], 1e-5);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void A_table_with_a_factor_that_turns_nothing_is_refused(float factor)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        float[] factors = [1, factor, 1];
        File.WriteAllBytes(folder.At("model.gguf"), Written(new RandomModel("llama"), 0, ("rope_freqs.weight", [3], 0, RandomModel.Bytes(factors, "F32"))));
        ModelException fault = Assert.Throws<ModelException>(() => LanguageModel.Load(folder.At("model.gguf")));
        Assert.Contains("rope_freqs.weight", fault.Message);
    }

    [Fact]
    public void Truncated_and_changed_files_never_end_otherwise()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        string path = folder.At("model.gguf");
        byte[] whole = Written(new RandomModel("llama"), 0);
        var random = new RandomSource(9);
        for (int attempt = 0; attempt < 200; attempt++)
        {
            byte[] bytes = [.. whole];
            if (attempt % 3 == 0)
                bytes = bytes[..random.Index(attempt % 2 == 0 ? bytes.Length : 2500)];
            else
                bytes[random.Index(attempt % 3 == 1 ? 2500 : 600)] = (byte)random.Index(256);
            File.WriteAllBytes(path, bytes);
            try
            {
                LanguageModel.Load(path).Dispose();
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }
        }
    }

    private static byte[] Written(RandomModel random, int type, params (string, int[], int, byte[])[] more)
    {
        string kind = random.Family;
        (string, object)[] settings =
        [
            ("general.architecture", kind), ("tokenizer.ggml.tokens", new[] { "a", "bc", "" }), ($"{kind}.block_count", RandomModel.Layers),
            ($"{kind}.embedding_length", RandomModel.Width), ($"{kind}.feed_forward_length", RandomModel.Hidden), ($"{kind}.attention.head_count", RandomModel.Heads),
            ($"{kind}.attention.head_count_kv", random.KeyValueHeads), ($"{kind}.context_length", RandomModel.Context), ($"{kind}.attention.layer_norm_rms_epsilon", 1e-5f),
        ];
        return GgufBytes.Packed(settings, [.. random.Names.Select(name => Tensor(random, name, type)), .. more]);
    }

    private static (string, int[], int, byte[]) Tensor(RandomModel random, string name, int type)
    {
        string theirs = name.Replace("model.layers.", "blk.", StringComparison.Ordinal).Replace("model.embed_tokens", "token_embd", StringComparison.Ordinal).Replace("model.norm", "output_norm", StringComparison.Ordinal).Replace("lm_head", "output", StringComparison.Ordinal)
            .Replace("self_attn.o_proj", "attn_output", StringComparison.Ordinal).Replace("self_attn.", "attn_", StringComparison.Ordinal).Replace("_proj", "", StringComparison.Ordinal).Replace("input_layernorm", "attn_norm", StringComparison.Ordinal).Replace("post_attention_layernorm", "ffn_norm", StringComparison.Ordinal).Replace("mlp.", "ffn_", StringComparison.Ordinal);
        float[] values = [.. random[name]];
        int[] shape = random.ShapeOf(name);
        // The converter of Llama files interleaves the halves of queries and keys.
        if (random.Family == "llama" && (theirs.Contains("attn_q.", StringComparison.Ordinal) || theirs.Contains("attn_k.", StringComparison.Ordinal)))
        {
            const int Head = RandomModel.HeadWidth, Width = RandomModel.Width;
            values = [.. Enumerable.Range(0, values.Length).Select(i => (Row: i / Width, Within: i / Width % Head, Column: i % Width)).Select(at => random[name][(at.Row - at.Within + (at.Within % 2 == 0 ? at.Within / 2 : Head / 2 + at.Within / 2)) * Width + at.Column])];
        }
        bool isVector = shape.Length == 1;
        return (theirs, shape, isVector ? 0 : type, RandomModel.Bytes(values, isVector || type == 0 ? "F32" : type == 1 ? "F16" : "BF16"));
    }
}
