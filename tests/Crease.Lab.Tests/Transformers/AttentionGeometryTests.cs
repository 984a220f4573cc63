using System.Numerics;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>One pass measures what separate passes do, and its tokens are the prefixes of the text.</summary>
public sealed class AttentionGeometryTests
{
    [Theory]
    [InlineData(AttentionRule.Relative)]
    [InlineData(AttentionRule.Absolute)]
    public void One_pass_finds_what_separate_passes_and_plain_loops_find(AttentionRule rule)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        const int Tokens = 14;
        int[] ids = random.Tokens(Tokens);
        AttentionGeometry found = AttentionGeometry.Of(model, ids, new AttentionOptions { Rule = rule, ExactEverywhere = true });
        AttentionDimension alone = AttentionDimension.Of(model, ids, rule);
        ReachDimension[] whole = ReachDimension.Of(model, ids);
        var tap = new Recorder();
        model.Run(ids, tap);
        for (int layer = 0; layer < RandomModel.Layers; layer++)
        {
            double[] weights = tap[layer, BlockTaps.AttentionWeights];
            Assert.Equal(whole[layer], found.WholeReach(layer));
            for (int token = 0; token < Tokens; token++)
            {
                ReachDimension reach = found.Reach(layer, token)!.Value;
                Assert.Equal(alone.Of(layer, token), found.Dimension.Of(layer, token));
                Assert.Equal(found.Dimension.Of(layer, token), reach.Bound);
                Assert.InRange(reach.Rank, 0, Math.Min(RandomModel.Width, Enumerable.Range(0, RandomModel.Heads).Sum(head => Math.Clamp(found.Dimension.Of(layer, head, token) - 1, 0, RandomModel.HeadWidth))));
                for (int head = 0; head < RandomModel.Heads; head++)
                    Assert.Equal(Enumerable.Range(0, token + 1).Count(seen => weights[(head * Tokens + token) * Tokens + seen] > 0.1) / (token + 1.0), found.Density(layer, head, token));
            }
            Assert.Equal(RegionBound.Of(RandomModel.Hidden, found.Reach(layer)!.Value.Rank), found.RegionsByRank(layer));
            Assert.True(found.RegionsByRank(layer) <= found.RegionsByCount(layer) && found.RegionsByCount(layer) <= BigInteger.Pow(2, RandomModel.Hidden));
        }
    }

    [Fact]
    public void Numbers_of_a_token_are_those_of_the_prefix_that_it_ends()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("qwen2");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        int[] ids = random.Tokens(16);
        var options = new AttentionOptions { ExactEverywhere = true };
        AttentionGeometry whole = AttentionGeometry.Of(model, ids, options);
        for (int length = 1; length <= ids.Length; length++)
        {
            AttentionGeometry prefix = AttentionGeometry.Of(model, ids.AsSpan(0, length), options);
            for (int layer = 0; layer < whole.Layers; layer++)
            {
                Assert.Equal(prefix.Dimension.Of(layer), whole.Dimension.Of(layer, length - 1));
                Assert.Equal(prefix.Reach(layer), whole.Reach(layer, length - 1));
            }
        }
    }

    [Fact]
    public void A_trend_is_that_of_the_last_two_quarters()
    {
        int[] counts = [1, 1, 1, 1, 2, 2, 3, 3];
        ContextTrend trend = ContextTrend.Of(new AttentionDimension(AttentionRule.Relative, 0.1, [counts], 1, counts.Length), 0)!.Value;
        Assert.Equal(new ContextTrend(2, 3), trend);
        Assert.True(trend.IsRising);
        Assert.False(new ContextTrend(10, 10.9).IsRising);
        Assert.Null(ContextTrend.Of(new AttentionDimension(AttentionRule.Relative, 0.1, [counts[..7]], 1, 7), 0));
    }

    [Fact]
    public void Thresholds_out_of_range_are_refused()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path);
        foreach (double threshold in new[] { -0.1, 1, double.NaN })
            Assert.Contains("'Threshold'", Assert.Throws<ArgumentException>(() => AttentionGeometry.Of(model, random.Tokens(3), new AttentionOptions { Threshold = threshold })).Message);
    }
}
