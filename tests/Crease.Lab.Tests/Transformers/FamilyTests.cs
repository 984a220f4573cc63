using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Every family's folder against plain loops over doubles, and both readers against each other.</summary>
public sealed class FamilyTests
{
    public static TheoryData<string, string> Families { get; } = new()
    {
        { "llama", "{}" },
        { "llama", """{"tie_word_embeddings": true, "rope_theta": 500.0}""" },
        { "llama", """{"rope_scaling": {"type": "linear", "factor": 3.0}}""" },
        { "mistral", """{"sliding_window": 4}""" },
        { "qwen2", "{}" },
        { "qwen3", "{}" },
        { "phi", """{"partial_rotary_factor": 0.7}""" },
        { "phi3", """{"sliding_window": null}""" },
        { "phi3", """{"original_max_position_embeddings": 8, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.5, 2.0], "long_factor": [1.0, 4.0, 9.0]}}""" },
        { "phi3", """{"original_max_position_embeddings": 16, "rope_scaling": {"type": "su", "short_factor": [1.0, 1.5, 2.0], "long_factor": [1.0, 4.0, 9.0]}}""" },
        { "phi3", """{"rope_scaling": {"rope_type": "longrope", "short_factor": [1.0, 1.5, 2.0], "long_factor": [1.0, 4.0, 9.0], "attention_factor": 1.3}}""" },
        { "qwen2", """{"rope_theta": 100.0, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 12, "beta_fast": 1.5, "beta_slow": 0.1}}""" },
        { "llama", """{"rope_scaling": {"type": "yarn", "factor": 4.0, "attention_factor": 0.9}}""" },
        { "gemma", "{}" },
        { "gemma2", """{"sliding_window": 3, "attn_logit_softcapping": 2.0, "final_logit_softcapping": 5.0, "query_pre_attn_scalar": 9.0}""" },
        { "gpt2", "{}" },
        { "gpt_neox", """{"rotary_pct": 0.7}""" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_folder_runs_as_the_plain_loops_do(string family, string more)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family, more: more);
        random.Write(folder, files: family == "llama" ? 3 : 1);
        int[] tokens = random.Tokens(11);
        double[][] expected = new PlainTransformer(random).Logits(tokens);
        Agree(expected, folder, tokens, ComputingPrecision.Bits64, 1e-10);
        Agree(expected, folder, tokens, ComputingPrecision.Bits32, 1e-4);
    }

    [Theory]
    [InlineData("F16", ComputingPrecision.Bits64, 1e-10)]
    [InlineData("BF16", ComputingPrecision.Bits64, 1e-10)]
    [InlineData("BF16", ComputingPrecision.Bits32, 1e-4)]
    [InlineData("BF16", ComputingPrecision.Brain16, 0.1)]
    public void Weights_of_16_bits_are_read_exactly(string type, ComputingPrecision precision, double tolerance)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random.Round(type);
        random.Write(folder, files: 2, type: type);
        int[] tokens = random.Tokens(9);
        Agree(new PlainTransformer(random).Logits(tokens), folder, tokens, precision, tolerance);
    }

    [Fact]
    public void Adjacent_and_half_split_rotations_agree_after_permuting_weights()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama", more: """{"tie_word_embeddings": true}""");
        random.Write(folder);
        WriteLlama2c(folder.At("model.bin"), random);
        using LanguageModel halves = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64), pairs = LanguageModel.Load(folder.At("model.bin"), ComputingPrecision.Bits64);
        Assert.Equal(RotaryStyle.HalfSplit, halves.Config.Rotary!.Style);
        Assert.Equal(RotaryStyle.AdjacentPairs, pairs.Config.Rotary!.Style);
        double[] expected = halves.AllLogits(random.Tokens(20)), found = pairs.AllLogits(random.Tokens(20));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-10);
    }

    [Fact]
    public void Llama3_scaling_keeps_high_frequencies_and_divides_low_ones()
    {
        var scaling = new Llama3RotaryScaling(8, 1, 4, 8192);
        double[] plain = new RotaryPositions(500000, RotaryStyle.HalfSplit, 128).Frequencies(), scaled = new RotaryPositions(500000, RotaryStyle.HalfSplit, 128, scaling).Frequencies();
        for (int i = 0; i < plain.Length; i++)
        {
            double wavelength = 2 * Math.PI / plain[i];
            double blend = (8192 / wavelength - 1) / (4 - 1);
            double expected = wavelength < 8192 / 4.0 ? plain[i] : wavelength > 8192 ? plain[i] / 8 : (1 - blend) * plain[i] / 8 + blend * plain[i];
            Assert.Equal(expected, scaled[i], 1e-15);
        }
        Assert.Equal(plain[0], scaled[0]);
        Assert.Equal(plain[^1] / 8, scaled[^1]);
    }

    [Fact]
    public void Texts_longer_than_the_first_context_turn_by_the_other_table()
    {
        var scaling = new LongRotaryScaling([1, 2], [4, 8], 100, LongRotaryScaling.UsualStrength(1600, 100));
        var positions = new RotaryPositions(10000, RotaryStyle.HalfSplit, 4, scaling);
        Assert.Equal([1, 0.01 / 2], positions.Frequencies(100));
        Assert.Equal([0.25, 0.01 / 8], positions.Frequencies(101));
        Assert.Equal(Math.Sqrt(1 + 4 * Math.Log(2) / Math.Log(100)), scaling.For(101).Magnitude, 1e-15);
        Assert.Equal(1, LongRotaryScaling.UsualStrength(100, 100));
    }

    // Published numbers: Phi 3 mini of 128K tokens after 4K, and Qwen 2.5 stretched fourfold from 32K (base 10^6, heads of 128).
    [Fact]
    public void Strengths_and_ramps_are_those_of_published_models()
    {
        Assert.Equal(1.190238, LongRotaryScaling.UsualStrength(131072, 4096), 1e-6);
        YarnRotaryScaling yarn = YarnRotaryScaling.Of(4, 1e6, 128, 32768, 32, 1, true, YarnRotaryScaling.UsualStrength(4));
        Assert.Equal(1.138629, yarn.Strength, 1e-6);
        Assert.Equal((23, 40), (yarn.FirstPair, yarn.LastPair));
        Assert.Equal(1, yarn.Scaled(1, 23));
        Assert.Equal(0.25, yarn.Scaled(1, 40));
    }

    private static void Agree(double[][] expected, TemporaryFolder folder, int[] tokens, ComputingPrecision precision, double tolerance)
    {
        using LanguageModel model = LanguageModel.Load(folder.Path, precision);
        double[] found = model.AllLogits(tokens);
        double[] all = [.. expected.SelectMany(row => row)];
        double scale = all.Max(Math.Abs), off = Enumerable.Range(0, all.Length).Max(i => Math.Abs(all[i] - found[i])) / scale;
        Assert.True(off < tolerance, $"off by {off:E1} of the largest logit");
    }

    // Rows of queries and keys change places: what was a half becomes the odd places.
    private static void WriteLlama2c(string path, RandomModel random)
    {
        using var writer = new BinaryWriter(File.Create(path));
        foreach (int number in (int[])[RandomModel.Width, RandomModel.Hidden, RandomModel.Layers, RandomModel.Heads, random.KeyValueHeads, RandomModel.Vocabulary, RandomModel.Context])
            writer.Write(number);
        void Write(string name, bool permuted = false)
        {
            float[] values = random[name];
            const int Half = RandomModel.HeadWidth / 2, Head = RandomModel.HeadWidth, Width = RandomModel.Width;
            for (int i = 0; i < values.Length; i++)
            {
                int row = i / Width, within = row % Head, source = row - within + (within % 2 == 0 ? within / 2 : Half + within / 2);
                writer.Write(permuted ? values[source * Width + i % Width] : values[i]);
            }
        }
        Write("model.embed_tokens.weight");
        foreach (string part in (string[])["input_layernorm", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "post_attention_layernorm", "mlp.gate_proj", "mlp.down_proj", "mlp.up_proj"])
        {
            for (int layer = 0; layer < RandomModel.Layers; layer++)
                Write($"model.layers.{layer}.{part}.weight", part.EndsWith("q_proj", StringComparison.Ordinal) || part.EndsWith("k_proj", StringComparison.Ordinal));
        }
        Write("model.norm.weight");
        for (int i = 0; i < RandomModel.Context * RandomModel.HeadWidth; i++)
            writer.Write(0f);
    }
}
