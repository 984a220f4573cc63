using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Laws of the forward pass: caches, causality, taps, early stops, memory.</summary>
public sealed class LanguageModelPassTests
{
    [Theory]
    [InlineData("llama", "{}")]
    [InlineData("mistral", """{"sliding_window": 5}""")]
    [InlineData("gemma2", """{"sliding_window": 4, "attn_logit_softcapping": 2.0}""")]
    [InlineData("gpt2", "{}")]
    [InlineData("gpt_neox", """{"rotary_pct": 0.7}""")]
    public void Cached_steps_give_the_logits_of_the_whole_text(string family, string more) => With(family, more, (model, random) =>
    {
        int[] tokens = random.Tokens(30);
        double[] all = model.AllLogits(tokens);
        using KeyValueCache cache = model.NewCache();
        foreach (int[] part in (int[][])[tokens[..7], .. tokens[7..].Chunk(1).Take(4), tokens[11..29], tokens[29..]])
            Close(all.AsSpan((cache.Length + part.Length - 1) * RandomModel.Vocabulary, RandomModel.Vocabulary).ToArray(), model.LastLogits(part, cache));
        Assert.Equal(30, cache.Length);
        cache.Shorten(12);
        Close(all.AsSpan(12 * RandomModel.Vocabulary, RandomModel.Vocabulary).ToArray(), model.LastLogits(tokens.AsSpan(12, 1), cache));
    });

    [Fact]
    public void Attention_sums_to_1_and_never_looks_ahead() => With("llama", "{}", (model, random) =>
    {
        const int Tokens = 9;
        var tap = new Recorder();
        model.Run(random.Tokens(Tokens), tap);
        for (int layer = 0; layer < RandomModel.Layers; layer++)
        {
            double[] weights = tap[layer, BlockTaps.AttentionWeights];
            Assert.Equal(RandomModel.Heads * Tokens * Tokens, weights.Length);
            for (int row = 0; row < RandomModel.Heads * Tokens; row++)
            {
                Assert.Equal(1, weights.AsSpan(row * Tokens, Tokens).ToArray().Sum(), 1e-12);
                for (int seen = row % Tokens + 1; seen < Tokens; seen++)
                    Assert.Equal(0, weights[row * Tokens + seen]);
            }
        }
    });

    [Fact]
    public void An_early_stop_takes_the_values_of_the_full_run() => With("llama", "{}", (model, random) =>
    {
        Recorder full = new(), early = new();
        model.Run(random.Tokens(8), full);
        model.Run(random.Tokens(8), early, layers: 2);
        Assert.Equal(7 * RandomModel.Layers, full.Count);
        Assert.Equal(14, early.Count);
        Assert.Equal(full[1, BlockTaps.MlpOut], early[1, BlockTaps.MlpOut]);
        Assert.Throws<ArgumentException>(() => model.Run(random.Tokens(8), early, layers: RandomModel.Layers + 1));
    });

    [Fact]
    public void Taps_take_what_they_want_and_change_nothing() => With("llama", "{}", (model, random) =>
    {
        var tap = new Recorder(BlockTaps.GatePreactivation);
        Assert.Equal(model.LastLogits(random.Tokens(8)), model.LastLogits(random.Tokens(8), tap: tap));
        Assert.Equal(RandomModel.Layers, tap.Count);
    });

    [Fact]
    public void Memory_stays_flat_over_many_texts() => With("llama", "{}", (model, random) =>
    {
        using var features = new SplineFeatures(model);
        void Measure()
        {
            features.Of(random.Tokens(12));
            AttentionDimension.Of(model, random.Tokens(12), AttentionRule.Relative);
            ReachDimension.Of(model, random.Tokens(12));
            using KeyValueCache cache = model.NewCache();
            model.LastLogits(random.Tokens(12), cache);
        }
        Measure();
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int text = 0; text < 50; text++)
            Measure();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    });

    [Fact]
    public void Unknown_tokens_and_positions_are_refused() => With("gpt2", "{}", (model, random) =>
    {
        Assert.Throws<ArgumentException>(() => model.LastLogits([]));
        Assert.Throws<ArgumentException>(() => model.LastLogits([RandomModel.Vocabulary]));
        Assert.Throws<ArgumentException>(() => model.LastLogits([-1]));
        Assert.Throws<ArgumentException>(() => model.LastLogits(random.Tokens(RandomModel.Context + 1)));
    });

    private static void With(string family, string more, Action<LanguageModel, RandomModel> test)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family, more: more);
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        test(model, random);
    }

    private static void Close(double[] expected, double[] found)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-10);
    }
}
