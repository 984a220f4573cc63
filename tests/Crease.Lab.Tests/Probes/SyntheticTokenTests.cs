using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Two distributions of tokens through a model of random weights: the features tell them apart, their length does not.</summary>
public sealed class SyntheticTokenTests
{
    private const int Vocabulary = 16;

    [Fact]
    public void Two_distributions_of_tokens_are_told_apart_and_shuffled_ones_are_not()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        WriteModel(folder.At("random.bin"));
        using LanguageModel model = LanguageModel.Load(folder.At("random.bin"));
        using var features = new SplineFeatures(model);
        var random = new RandomSource(1);
        const int texts = 600;
        var rows = new double[texts][];
        int[] tokens = new int[texts];
        for (int text = 0; text < texts; text++)
        {
            tokens[text] = 12 + random.Index(24);
            // Even texts draw from the lower half of the vocabulary, odd ones from the upper half.
            int[] ids = [.. Enumerable.Range(0, tokens[text]).Select(_ => random.Index(Vocabulary / 2) + (text % 2) * (Vocabulary / 2))];
            rows[text] = Row(features.Of(ids));
        }
        var data = new ProbeData { Table = ProbeTable.OfLayers(model.Config.Layers, rows), Tokens = tokens };
        ProbeFinding found = ProbeExperiment.Run(data, [ProbeLabel.Of("upper", [.. tokens.Select((_, i) => $"{i % 2}")])], ProbeOptions.Default, RunContext.Default with { Threads = 2 }).Findings[0];
        Assert.True(found.Estimate.Auc > 0.95, $"{found.Estimate}");
        Assert.InRange(found.Controls.Single(control => control.Name == ProbeControl.Tokens).Estimate!.Value.Auc, 0.4, 0.6);
        AucEstimate shuffled = found.Controls.Single(control => control.Name == ProbeControl.Shuffled).Estimate!.Value;
        Assert.InRange(shuffled.Auc, 0.45, 0.55);
    }

    // The layout of llama2.c: seven whole numbers, then all weights in single precision.
    private static void WriteModel(string path)
    {
        const int width = 64, hidden = 172, layers = 4, heads = 4, context = 64;
        var random = new RandomSource(8);
        using var writer = new BinaryWriter(File.Create(path));
        foreach (int number in (int[])[width, hidden, layers, heads, heads, Vocabulary, context])
            writer.Write(number);
        Draw(Vocabulary * width, 1);
        Ones(layers * width);
        Draw(4 * layers * width * width, 0.125);
        Ones(layers * width);
        Draw(3 * layers * width * hidden, 0.125);
        Ones(width + context * width / heads);

        void Draw(int count, double deviation)
        {
            for (int i = 0; i < count; i++)
                writer.Write((float)(deviation * random.Normal()));
        }

        void Ones(int count)
        {
            for (int i = 0; i < count; i++)
                writer.Write(1f);
        }
    }

    private static double[] Row(TokenPlaces places) => [.. Enumerable.Range(0, places.Layers).SelectMany(layer => places.Features(layer).ToArray()).Select(value => value ?? double.NaN)];
}
