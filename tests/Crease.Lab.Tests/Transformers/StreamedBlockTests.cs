using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Models that are read block by block in every pass.</summary>
public sealed class StreamedBlockTests
{
    [Theory]
    [InlineData("llama", "F32", ComputingPrecision.Bits32)]
    [InlineData("gemma2", "BF16", ComputingPrecision.Bits32)]
    [InlineData("phi3", "F16", ComputingPrecision.Bits64)]
    [InlineData("gpt2", "F32", ComputingPrecision.Bits64)]
    [InlineData("gpt_neox", "BF16", ComputingPrecision.Brain16)]
    public void Streamed_blocks_give_the_same_numbers(string family, string type, ComputingPrecision precision)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family, more: family == "gpt_neox" ? """{"rotary_pct": 1}""" : "{}");
        random.Write(folder, files: 3, type);
        int[] tokens = random.Tokens(14);
        using LanguageModel whole = LanguageModel.Load(folder.Path, precision), streamed = LanguageModel.Load(folder.Path, precision, streamsBlocks: true);
        Assert.Equal(whole.AllLogits(tokens), streamed.AllLogits(tokens));
        using var expected = new SplineFeatures(whole);
        using var found = new SplineFeatures(streamed);
        TokenPlaces wanted = expected.Of(tokens), places = found.Of(tokens);
        for (int layer = 0; layer < RandomModel.Layers; layer++)
            Assert.Equal(wanted.Features(layer), places.Features(layer));
        Assert.Equal(ReachDimension.Of(whole, tokens), ReachDimension.Of(streamed, tokens));
    }

    [Theory]
    [InlineData("llama", "F16")]
    [InlineData("qwen2", "BF16")]
    [InlineData("gpt2", "BF16")]
    [InlineData("phi3", "F16")]
    public void Weights_kept_in_16_bits_give_the_numbers_of_32(string family, string type)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family);
        random.Write(folder, type: type);
        using LanguageModel wide = LanguageModel.Load(folder.Path), mixed = LanguageModel.Load(folder.Path, ComputingPrecision.Mixed);
        int[] tokens = random.Tokens(11);
        double[] expected = wide.AllLogits(tokens), found = mixed.AllLogits(tokens);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }

    [Fact]
    public void Blocks_are_told_of_as_they_are_done()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, streamsBlocks: true);
        var done = new List<(int, int)>();
        model.BlockDone = (blocks, all) => done.Add((blocks, all));
        model.LastLogits(random.Tokens(3));
        Assert.Equal([(1, 3), (2, 3), (3, 3)], done);
    }

    [Fact]
    public void A_damaged_block_is_found_before_the_first_pass()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random["model.layers.2.mlp.down_proj.weight"][7] = float.PositiveInfinity;
        random.Write(folder);
        ModelException fault = Assert.Throws<ModelException>(() => LanguageModel.Load(folder.Path, streamsBlocks: true));
        Assert.Contains("model.layers.2.mlp.down_proj.weight", fault.Message);
    }
}
