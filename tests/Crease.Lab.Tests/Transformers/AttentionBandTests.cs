using Crease.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Attention of long texts: counted, not timed, and the same numbers as all scores at once.</summary>
public sealed class AttentionBandTests
{
    // 4 heads: all scores at once of more than 1448 tokens are above the limit.
    private const int Long = 3000;

    public static TheoryData<string, string> Families { get; } = new()
    {
        { "llama", """{"max_position_embeddings": 4096}""" },
        { "mistral", """{"max_position_embeddings": 4096, "sliding_window": 700}""" },
        { "gemma2", """{"max_position_embeddings": 4096, "sliding_window": 900, "attn_logit_softcapping": 2.0}""" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void Bands_hold_few_scores_and_give_the_numbers_of_all_at_once(string family, string more)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family, more: more);
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        int[] tokens = Tokens(Long);
        const BlockTaps Wanted = BlockTaps.HeadOutputs | BlockTaps.GatePreactivation | BlockTaps.MlpOut;
        var banded = new List<long>();
        model.ScoresMade = banded.Add;
        var few = new Recorder(Wanted);
        model.Run(tokens, few);
        var whole = new List<long>();
        model.ScoresMade = whole.Add;
        var all = new Rows(Wanted);
        model.Run(tokens, all);
        Assert.Equal(Enumerable.Repeat((long)RandomModel.Heads * Long * Long, RandomModel.Layers), whole);
        Assert.True(banded.Count > RandomModel.Layers && banded.Max() <= BlockPass.MostScores, $"{banded.Count} bands of at most {banded.Max()}");
        // What no query may look at is not computed: a triangle, or a strip where there is a window.
        Assert.True(banded.Sum() < 0.8 * whole.Sum(), $"{banded.Sum()} of {whole.Sum()}");
        for (int layer = 0; layer < RandomModel.Layers; layer++)
        {
            foreach (BlockTaps tap in (BlockTaps[])[BlockTaps.HeadOutputs, BlockTaps.GatePreactivation, BlockTaps.MlpOut])
                Assert.True(few[layer, tap].Zip(all.Of(layer, tap)).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9), $"{tap} of layer {layer}");
        }
    }

    [Fact]
    public void Bands_follow_cached_tokens_and_stand_side_by_side_for_several_texts()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel("mistral", more: """{"max_position_embeddings": 4096, "sliding_window": 1500}""");
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        int[] tokens = Tokens(Long);
        double[] expected = model.LastLogits(tokens);
        using KeyValueCache cache = model.NewCache();
        var bands = new List<long>();
        model.LastLogits(tokens.AsSpan(0, 1000), cache);
        model.ScoresMade = bands.Add;
        double[] found = model.LastLogits(tokens.AsSpan(1000), cache);
        Assert.True(bands.Count > RandomModel.Layers && bands.Max() <= BlockPass.MostScores);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        bands.Clear();
        var both = new Recorder(BlockTaps.MlpOut);
        model.RunTexts([tokens[..1600], tokens[1400..]], both);
        Assert.True(bands.Count > RandomModel.Layers && bands.Max() <= BlockPass.MostScores);
        var second = new Recorder(BlockTaps.MlpOut);
        model.Run(tokens.AsSpan(1400), second);
        Assert.All(both[2, BlockTaps.MlpOut][(1600 * RandomModel.Width)..].Zip(second[2, BlockTaps.MlpOut]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void The_same_bytes_come_from_any_number_of_threads()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        new RandomModel("llama", more: """{"max_position_embeddings": 4096}""").Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path);
        double[][] Places(int threads)
        {
            var found = new double[4][];
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken }, i =>
            {
                var places = new Recorder(BlockTaps.MlpOut);
                model.Run(Tokens(1700 + 50 * i), places);
                found[i] = places[2, BlockTaps.MlpOut];
            });
            return found;
        }
        Assert.Equal(Places(1), Places(3));
    }

    private static int[] Tokens(int count)
    {
        var random = new RandomSource(6);
        return [.. Enumerable.Range(0, count).Select(_ => random.Index(RandomModel.Vocabulary))];
    }

    // Asks for all scores, and keeps none of them.
    private sealed class Rows(BlockTaps wanted) : IBlockTap
    {
        private readonly Recorder _recorder = new(wanted);

        public BlockTaps Wanted => wanted | BlockTaps.AttentionWeights;

        public double[] Of(int layer, BlockTaps tap) => _recorder[layer, tap];

        public void Take(int layer, BlockTaps tap, torch.Tensor value)
        {
            if (tap != BlockTaps.AttentionWeights)
                _recorder.Take(layer, tap, value);
        }
    }
}
