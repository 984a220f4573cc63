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
    [InlineData("mistral", 1, "F16")]
    [InlineData("phi", 0, "F32", """{"partial_rotary_factor": 0.7}""")]
    [InlineData("phi3", 1, "F16")]
    [InlineData("phi3", 0, "F32", """{"sliding_window": 4}""")]
    [InlineData("gemma", 30, "BF16")]
    [InlineData("gemma2", 0, "F32", """{"sliding_window": 3, "attn_logit_softcapping": 2.0, "final_logit_softcapping": 5.0, "query_pre_attn_scalar": 6.0}""")]
    [InlineData("gpt2", 1, "F16")]
    [InlineData("gpt_neox", 0, "F32", """{"rotary_pct": 0.7}""")]
    [InlineData("gpt_neox", 30, "BF16", """{"rotary_pct": 0.7, "use_parallel_residual": false}""")]
    public void A_file_runs_as_the_folder_of_its_weights(string family, int type, string name, string more = "{}")
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family, more: more);
        random.Round(name);
        random.Write(folder);
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Written(random, type));
        using LanguageModel expected = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64), found = LanguageModel.Load(folder.At("model.gguf"), ComputingPrecision.Bits64);
        double[] wanted = expected.AllLogits(random.Tokens(12)), logits = found.AllLogits(random.Tokens(12));
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], logits[i], 1e-6 * Math.Max(1, Math.Abs(wanted[i])));
        var places = new Recorder(BlockTaps.GatePreactivation);
        var same = new Recorder(BlockTaps.GatePreactivation);
        expected.Run(random.Tokens(5), places);
        found.Run(random.Tokens(5), same);
        Assert.True(Enumerable.Range(0, RandomModel.Layers).All(layer => places[layer, BlockTaps.GatePreactivation].Zip(same[layer, BlockTaps.GatePreactivation]).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5)));
    }

    [Theory]
    [InlineData("gpt_neox", "gptneox.attention.head_count", 5, "there are 4 key/value heads for 5 heads; expected a divisor of the heads")]
    [InlineData("gpt_neox", "gptneox.rope.dimension_count", 1, "'gptneox.rope.dimension_count' is 1; expected 2 to 65536")]
    [InlineData("gemma", "general.architecture", "gemma9", "'general.architecture' is 'gemma9'; accepted are llama, qwen2, qwen3, phi2, phi3, gemma, gemma2, gpt2, gptneox")]
    [InlineData("gpt2", "gpt2.feed_forward_length", 41, "blk.0.ffn_up.weight' has shape [40, 24]; expected [41, 24] by the settings")]
    [InlineData("phi3", "phi3.rope.scaling.type", "ntk", "stretches rotations by 'ntk'")]
    public void A_setting_that_does_not_fit_is_named(string family, string key, object value, string says)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Changed(new RandomModel(family, more: """{"rotary_pct": 0.7}"""), key, value));
        Assert.Contains(says, Assert.Throws<ModelException>(() => LanguageModel.Load(folder.At("model.gguf"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    public void Two_tables_turn_short_and_long_texts_as_the_folder_they_were_made_of(int tokens)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        float[] brief = [1, 1.5f, 2], extended = [1.25f, 4, 9];
        var random = new RandomModel("phi3", more: """{"sliding_window": null, "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.5, 2.0], "long_factor": [1.25, 4.0, 9.0]}}""");
        random.Write(folder);
        (string, int[], int, byte[])[] tables = [("rope_factors_short.weight", [3], 0, RandomModel.Bytes(brief, "F32")), ("rope_factors_long.weight", [3], 0, RandomModel.Bytes(extended, "F32"))];
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Written(random, 0, [("phi3.rope.scaling.original_context_length", 16)], tables));
        File.WriteAllBytes(folder.At("strong.gguf"), GgufModel.Written(random, 0, [("phi3.rope.scaling.original_context_length", 16), ("phi3.rope.scaling.attn_factor", 1.75f)], tables));
        using LanguageModel expected = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64), found = LanguageModel.Load(folder.At("model.gguf"), ComputingPrecision.Bits64), strong = LanguageModel.Load(folder.At("strong.gguf"), ComputingPrecision.Bits64);
        double[] wanted = expected.AllLogits(random.Tokens(tokens)), logits = found.AllLogits(random.Tokens(tokens));
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], logits[i], 1e-5);
        Assert.Equal(1.75, strong.Config.Rotary!.Scaling!.Magnitude);
        Assert.True(strong.AllLogits(random.Tokens(tokens)).Zip(wanted).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-3);
    }

    [Fact]
    public void One_of_two_tables_is_refused()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Written(new RandomModel("phi3"), 0, ("rope_factors_long.weight", [3], 0, RandomModel.Bytes([1, 1, 1], "F32"))));
        Assert.Contains("holds rope_factors_long.weight alone", Assert.Throws<ModelException>(() => LanguageModel.Load(folder.At("model.gguf"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ramp_turns_as_that_of_a_folder()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("qwen2", more: """{"rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 12}}""");
        random.Write(folder);
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Written(random, 0, [("qwen2.rope.scaling.type", "yarn"), ("qwen2.rope.scaling.factor", 4f), ("qwen2.rope.scaling.original_context_length", 12)]));
        using LanguageModel expected = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64), found = LanguageModel.Load(folder.At("model.gguf"), ComputingPrecision.Bits64);
        double[] wanted = expected.AllLogits(random.Tokens(20)), logits = found.AllLogits(random.Tokens(20));
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], logits[i], 1e-5);
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
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Written(random, 0, ("rope_freqs.weight", [factors.Length], 0, RandomModel.Bytes(factors, "F32"))));
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
        File.WriteAllBytes(folder.At("model.gguf"), GgufModel.Written(new RandomModel("llama"), 0, ("rope_freqs.weight", [3], 0, RandomModel.Bytes(factors, "F32"))));
        ModelException fault = Assert.Throws<ModelException>(() => LanguageModel.Load(folder.At("model.gguf")));
        Assert.Contains("rope_freqs.weight", fault.Message);
    }

    [Fact]
    public void Truncated_and_changed_files_never_end_otherwise()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        string path = folder.At("model.gguf");
        byte[] whole = GgufModel.Written(new RandomModel("llama"), 0);
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
}
