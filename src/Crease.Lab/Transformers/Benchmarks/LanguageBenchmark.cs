using Crease.Numerics;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Times a language model of random weights: passes against its matrix products alone, and the cost of features.</summary>
public static class LanguageBenchmark
{
    /// <summary>The shape of a Llama of 1.2 billion parameters, embedding and head shared.</summary>
    public static LanguageModelConfig Billion { get; } = new()
    {
        Family = LanguageModelFamily.Llama,
        Layers = 16,
        Width = 2048,
        Heads = 32,
        KeyValueHeads = 8,
        HeadWidth = 64,
        MlpWidth = 8192,
        Vocabulary = 128256,
        Context = 131072,
        Rotary = new RotaryPositions(500000, RotaryStyle.HalfSplit, 64),
        TiedEmbedding = true,
    };

    /// <summary>A small shape for trying the benchmark out.</summary>
    public static LanguageModelConfig Small { get; } = Billion with { Layers = 4, Width = 256, Heads = 4, KeyValueHeads = 2, MlpWidth = 1024, Vocabulary = 8192 };

    /// <summary>Times a shape.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="precision">The format of the weights and of the products.</param>
    /// <param name="tokens">Tokens of a pass, at least 1.</param>
    /// <param name="repeats">Counted passes of each kind; one more comes before.</param>
    /// <param name="peak">Peak of the process's memory in bytes.</param>
    /// <param name="run">Seed, threads of libtorch, clock, cancellation.</param>
    /// <exception cref="TrainingException">libtorch cannot be used here.</exception>
    public static LanguageTiming Time(LanguageModelConfig config, ComputingPrecision precision, int tokens, int repeats, Func<long> peak, RunContext run)
    {
        if (!LibTorchCompat.TryLoad(out string absent))
            throw new TrainingException(absent);
        int before = torch.get_num_threads();
        torch.set_num_threads(run.Threads);
        try
        {
            using LanguageModel model = LanguageModel.OfRandomWeights(config, precision, run.Seed);
            using var features = new SplineFeatures(model);
            var random = new RandomSource(run.Seed);
            int[] ids = [.. Enumerable.Range(0, tokens).Select(_ => random.Index(config.Vocabulary))];
            model.LastLogits(ids);
            features.Of(ids);
            long peakBytes = peak();
            using var products = new WeightProducts(model, tokens, model.Block(0).Gate.Weight.dtype);
            using var wide = new WeightProducts(model, tokens, LanguageModel.TypeOf(precision));
            var seconds = new List<double>[] { [], [], [], [], [] };
            Action[] kinds = [() => model.LastLogits(ids), products.Run, wide.Run, () => model.Run(ids, NoTap.Only), () => features.Of(ids)];
            for (int repeat = 0; repeat <= repeats; repeat++)
            {
                for (int kind = 0; kind < kinds.Length; kind++)
                {
                    run.Cancellation.ThrowIfCancellationRequested();
                    long start = run.Clock.GetTimestamp();
                    kinds[kind]();
                    if (repeat > 0)
                        seconds[kind].Add(run.Clock.GetElapsedTime(start).TotalSeconds);
                }
            }
            return new LanguageTiming(config, tokens, Bytes(model), peakBytes, seconds[0], seconds[1], seconds[2], seconds[3], seconds[4]);
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    private static long Bytes(LanguageModel model) =>
        Enumerable.Range(0, model.Config.Layers).SelectMany(layer => WeightProducts.Weights(model.Block(layer))).Append(model.HeadWeights).Sum(weight => weight.numel() * weight.element_size());

    private sealed class NoTap : IBlockTap
    {
        public static NoTap Only { get; } = new();

        public BlockTaps Wanted => BlockTaps.None;

        public void Take(int layer, BlockTaps tap, torch.Tensor value)
        {
        }
    }
}
