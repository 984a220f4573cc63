using Crease.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>The seven features: a table by hand, and the laws that they obey.</summary>
public sealed class SplineFeatureTests
{
    private static readonly double[,] Gate = { { 1, 0 }, { 0, 2 }, { 3, 4 }, { -1, 1 } };
    private static readonly double[,] Tokens = { { 1, 2 }, { -2, 1 }, { 0.5, -1 } };

    [Fact]
    public void The_table_by_hand_is_met()
    {
        LibTorch.Require();
        (double[] signs, double[] distances) = Measured(Gate, Tokens);
        Close([1, 0.5, 0.25], signs);
        Close([0.7071067812, 0.4, 0.5], distances);
        Close([0.5833333333, 0.25, 1, 0.3818813079, 0.4, 0.5357022604, 0.1566353482], Seven(signs, distances));
    }

    [Fact]
    public void Scaling_and_permuting_leave_the_features_and_negating_mirrors_the_signs()
    {
        LibTorch.Require();
        (double[] signs, double[] distances) = Measured(Gate, Tokens);
        double[] expected = Seven(signs, distances), factors = [0.5, 3, 10, 0.01];
        (double[] scaledSigns, double[] scaledDistances) = Measured(Mapped(Gate, (unit, i) => factors[unit] * Gate[unit, i]), Tokens);
        Close(expected, Seven(scaledSigns, scaledDistances));
        (double[] turnedSigns, double[] turnedDistances) = Measured(Mapped(Gate, (unit, i) => Gate[3 - unit, i]), Mapped(Tokens, (token, i) => Tokens[2 - token, i]));
        Close(expected, Seven(turnedSigns, turnedDistances));
        (double[] negated, double[] kept) = Measured(Mapped(Gate, (unit, i) => -Gate[unit, i]), Tokens);
        Close([.. signs.Select(sign => 1 - sign)], negated);
        Close(distances, kept);
    }

    [Fact]
    public void Features_keep_their_order_and_the_deviation_of_signs_its_bound()
    {
        LibTorch.Require();
        var random = new RandomSource(3);
        for (int tokens = 1; tokens <= 40; tokens++)
        {
            var gate = new double[6, 3];
            var inputs = new double[tokens, 3];
            for (int i = 0; i < 18; i++)
                gate[i / 3, i % 3] = random.Normal();
            // Every second text lies on one line through the origin, where all signs flip at once.
            for (int i = 0; i < tokens * 3; i++)
                inputs[i / 3, i % 3] = tokens % 2 == 0 ? (i / 3 % 2 * 2 - 1) * (i % 3 + 1) : random.Normal();
            (double[] signs, double[] distances) = Measured(gate, inputs);
            var places = new TokenPlaces(1);
            places.Add(0, signs, distances);
            LayerFeatures found = places.Features(0);
            Assert.True(found.LeastSign <= found.MeanSign && found.MeanSign <= found.LargestSign && found.LeastSign >= 0 && found.LargestSign <= 1);
            Assert.True(found.LeastDistance >= 0 && found.LeastDistance <= found.MeanDistance + 1e-15);
            Assert.Equal((tokens == 1, tokens == 1), (found.SignDeviation is null, found.DistanceDeviation is null));
            if (tokens > 1)
                Assert.InRange(found.SignDeviation!.Value, 0, Math.Sqrt(tokens / (tokens - 1.0)) / 2 + 1e-12);
        }
    }

    [Fact]
    public void Units_without_weights_have_no_hyperplane()
    {
        LibTorch.Require();
        double[,] padded = { { 1, 0 }, { 0, 0 }, { 0, 2 }, { 3, 4 }, { -1, 1 } };
        (double[] signs, double[] distances) = Measured(padded, Tokens);
        Close([0.7071067812, 0.4, 0.5], distances);
        Close([0.8, 0.4, 0.2], signs);
        (double[] none, double[] nowhere) = Measured(new double[3, 2], Tokens);
        var places = new TokenPlaces(1);
        places.Add(0, none, nowhere);
        LayerFeatures features = places.Features(0);
        Assert.Equal((0, null, null, null), (features.MeanSign, features.LeastDistance, features.MeanDistance, features.DistanceDeviation));
        Assert.Null(places.Distance(0, 1));
    }

    [Fact]
    public void Moving_a_token_by_its_distance_puts_it_on_a_hyperplane()
    {
        LibTorch.Require();
        (_, double[] distances) = Measured(Gate, Tokens);
        for (int token = 0; token < 3; token++)
        {
            double[] heights = [.. Enumerable.Range(0, 4).Select(unit => Gate[unit, 0] * Tokens[token, 0] + Gate[unit, 1] * Tokens[token, 1])];
            double[] norms = [.. Enumerable.Range(0, 4).Select(unit => Math.Sqrt(Gate[unit, 0] * Gate[unit, 0] + Gate[unit, 1] * Gate[unit, 1]))];
            int near = Enumerable.Range(0, 4).MinBy(unit => Math.Abs(heights[unit]) / norms[unit]);
            double[] moved = [.. Enumerable.Range(0, 2).Select(i => Tokens[token, i] - heights[near] / (norms[near] * norms[near]) * Gate[near, i])];
            Assert.True(Math.Abs(Gate[near, 0] * moved[0] + Gate[near, 1] * moved[1]) < 1e-6 * norms[near]);
            Assert.Equal(distances[token], Math.Sqrt(Math.Pow(moved[0] - Tokens[token, 0], 2) + Math.Pow(moved[1] - Tokens[token, 1], 2)), 1e-12);
        }
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("gpt2")]
    public void Features_by_prefix_are_those_of_the_prefix_and_of_the_text_in_parts(string family)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var random = new RandomModel(family);
        random.Write(folder);
        using LanguageModel model = LanguageModel.Load(folder.Path, ComputingPrecision.Bits64);
        using var features = new SplineFeatures(model, layers: 2);
        int[] tokens = random.Tokens(14);
        TokenPlaces whole = features.Of(tokens), parts = features.Start();
        using KeyValueCache cache = model.NewCache();
        foreach (int[] part in tokens.Chunk(3))
            features.Continue(parts, part, cache);
        Assert.Equal((2, 14), (parts.Layers, parts.Tokens));
        for (int layer = 0; layer < 2; layer++)
        {
            LayerFeatures[] growing = whole.FeaturesByPrefix(layer);
            for (int length = 1; length <= tokens.Length; length++)
            {
                TokenPlaces prefix = features.Of(tokens.AsSpan(0, length));
                Same(prefix.Features(layer), growing[length - 1]);
                Same(prefix.Features(layer), whole.Features(layer, length));
                Same(prefix.Features(layer), parts.Features(layer, length));
                Obeys(prefix.Features(layer), length);
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_features_and_another_one_does_not()
    {
        LibTorch.Require();
        double?[] Features(ulong seed)
        {
            using var folder = new TemporaryFolder();
            var random = new RandomModel("llama", seed);
            random.Write(folder);
            using LanguageModel model = LanguageModel.Load(folder.Path);
            using var features = new SplineFeatures(model);
            return features.Of(random.Tokens(10)).Features(1).ToArray();
        }
        Assert.Equal(Features(3), Features(3));
        Assert.NotEqual(Features(3), Features(4));
    }

    private static void Obeys(LayerFeatures f, int tokens)
    {
        Assert.True(f.LeastSign <= f.MeanSign + 1e-15 && f.MeanSign <= f.LargestSign + 1e-15 && f.LeastDistance <= f.MeanDistance + 1e-15);
        if (tokens == 1)
            Assert.True(f.SignDeviation is null && f.DistanceDeviation is null);
        else
            Assert.True(f.SignDeviation <= 0.5 * Math.Sqrt(tokens / (tokens - 1.0)) && f.DistanceDeviation >= 0);
    }

    private static void Same(LayerFeatures expected, LayerFeatures found)
    {
        for (int i = 0; i < LayerFeatures.Count; i++)
        {
            Assert.Equal(expected.ToArray()[i] is null, found.ToArray()[i] is null);
            Assert.Equal(expected.ToArray()[i] ?? 0, found.ToArray()[i] ?? 0, 1e-10);
        }
    }

    private static (double[] Signs, double[] Distances) Measured(double[,] gate, double[,] tokens)
    {
        using torch.Tensor weights = torch.tensor(gate), inputs = torch.tensor(tokens), transposed = weights.t(), heights = inputs.matmul(transposed);
        using var measure = new GateMeasure(weights, torch.ScalarType.Float64);
        return measure.Of(heights);
    }

    private static double[] Seven(double[] signs, double[] distances)
    {
        var places = new TokenPlaces(1);
        places.Add(0, signs, distances);
        return [.. places.Features(0).ToArray().Select(feature => feature!.Value)];
    }

    private static double[,] Mapped(double[,] matrix, Func<int, int, double> value)
    {
        var mapped = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (int row = 0; row < mapped.GetLength(0); row++)
        {
            for (int column = 0; column < mapped.GetLength(1); column++)
                mapped[row, column] = value(row, column);
        }
        return mapped;
    }

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-10);
    }
}
