using System.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Both rules of the attention dimension, the exact dimension of what attention reaches, and the bound on regions.</summary>
public sealed class AttentionDimensionTests
{
    [Fact]
    public void Both_rules_count_the_table_by_hand()
    {
        LibTorch.Require();
        using torch.Tensor scores = torch.tensor(new double[,] { { 2, 0, 1, -1 }, { 0, 0, 0, 5 } }), weights = scores.softmax(-1);
        Assert.Equal([3, 1], Counts(weights, AttentionRule.Relative));
        Assert.Equal([2, 1], Counts(weights, AttentionRule.Absolute));
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 0)]
    [InlineData(25, 0)]
    public void Uniform_attention_counts_all_tokens_or_none(int tokens, int absolute)
    {
        LibTorch.Require();
        using torch.Tensor weights = torch.full([3, tokens], 1.0 / tokens, torch.ScalarType.Float64);
        Assert.Equal(3L * tokens, Counts(weights, AttentionRule.Relative).Sum());
        Assert.Equal(3L * absolute, Counts(weights, AttentionRule.Absolute).Sum());
    }

    [Fact]
    public void Tokens_that_receive_nothing_change_nothing()
    {
        LibTorch.Require();
        using torch.Tensor line = torch.arange(28, torch.ScalarType.Float64), waves = line.sin(), scores = waves.view(4, 7), weights = scores.softmax(-1), none = torch.zeros([4, 5], torch.ScalarType.Float64), longer = torch.cat([weights, none], 1);
        foreach (AttentionRule rule in Enum.GetValues<AttentionRule>())
            Assert.Equal(Counts(weights, rule), Counts(longer, rule));
    }

    [Fact]
    public void Counts_of_a_model_lie_between_one_per_head_and_all()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path);
        AttentionDimension relative = AttentionDimension.Of(model, random.Tokens(12), AttentionRule.Relative), absolute = AttentionDimension.Of(model, random.Tokens(12), AttentionRule.Absolute);
        ReachDimension[] reached = ReachDimension.Of(model, random.Tokens(12));
        for (int layer = 0; layer < RandomModel.Layers; layer++)
        {
            for (int token = 0; token < 12; token++)
            {
                Assert.InRange(relative.Of(layer, token), RandomModel.Heads, RandomModel.Heads * (token + 1));
                Assert.InRange(absolute.Of(layer, 0, token), 0, 9);
            }
            Assert.Equal(RandomModel.Heads * 12, reached[layer].Bound);
            Assert.Equal(Math.Min(RandomModel.Width, RandomModel.Heads * RandomModel.HeadWidth), reached[layer].Rank);
        }
        Assert.All(ReachDimension.Of(model, random.Tokens(12), token: 0), first => Assert.Equal(new ReachDimension(0, RandomModel.Heads), first));
    }

    [Fact]
    public void The_reach_of_two_projections_is_three_dimensional()
    {
        LibTorch.Require();
        // Head 1 keeps the first two coordinates, head 2 the third; values are tokens e1, e2, e3 themselves, shared by both heads.
        using torch.Tensor values = torch.eye(3, 4, torch.ScalarType.Float64).unsqueeze(0);
        using torch.Tensor output = torch.cat([torch.diag(torch.tensor(new double[] { 1, 1, 0, 0 })), torch.diag(torch.tensor(new double[] { 0, 0, 1, 0 }))], 1);
        Assert.Equal(new ReachDimension(3, 6), ReachDimension.Of(values, output, [[0, 1, 2], [0, 1, 2]]));
        Assert.Equal(new ReachDimension(0, 2), ReachDimension.Of(values, output, [[0], [0]]));
        Assert.Equal(new ReachDimension(1, 4), ReachDimension.Of(values, output, [[0, 1], [0, 1]]));
    }

    [Fact]
    public void Attention_adds_the_mapped_values_of_all_heads()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("llama");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        var tap = new Recorder();
        const int Tokens = 6, Head = RandomModel.HeadWidth;
        model.Run(random.Tokens(Tokens), tap);
        double[] weights = tap[0, BlockTaps.AttentionWeights], values = tap[0, BlockTaps.Values], mixed = tap[0, BlockTaps.HeadOutputs];
        for (int row = 0; row < RandomModel.Heads * Tokens; row++)
        {
            int group = row / Tokens * random.KeyValueHeads / RandomModel.Heads;
            for (int i = 0; i < Head; i++)
                Assert.Equal(Enumerable.Range(0, Tokens).Sum(seen => weights[row * Tokens + seen] * values[(group * Tokens + seen) * Head + i]), mixed[row * Head + i], 1e-12);
        }
    }

    [Theory]
    [InlineData(50, 1, "51")]
    [InlineData(50, 2, "1276")]
    [InlineData(50, 3, "20876")]
    [InlineData(50, 5, "2369936")]
    [InlineData(50, 10, "13432735556")]
    [InlineData(100, 3, "166751")]
    [InlineData(100, 5, "79375496")]
    [InlineData(100, 10, "19415908147836")]
    [InlineData(500, 3, "20833751")]
    [InlineData(500, 5, "257838552476")]
    public void The_bound_on_regions_is_the_table(int units, int dimension, string expected) =>
        Assert.Equal(BigInteger.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), RegionBound.Of(units, dimension));

    [Fact]
    public void The_bound_on_regions_obeys_its_recurrence()
    {
        for (int units = 1; units < 40; units++)
        {
            for (int dimension = 1; dimension < 45; dimension++)
                Assert.Equal(RegionBound.Of(units - 1, dimension) + RegionBound.Of(units - 1, dimension - 1), RegionBound.Of(units, dimension));
        }
        Assert.Equal([2, 100, 2452, 5214913020], new[] { 1, 2, 3, 10 }.Select(dimension => RegionBound.WithoutBias(50, dimension)));
        Assert.True(RegionBound.Of(500, 10) > BigInteger.Pow(2, 64));
    }

    private static long[] Counts(torch.Tensor weights, AttentionRule rule)
    {
        using torch.Tensor counts = AttentionDimension.Counts(weights, rule, AttentionDimension.SourceThreshold);
        return counts.data<long>().ToArray();
    }
}
