using System.Text;
using System.Text.Json;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>A small trained Llama against values computed elsewhere in 64 bits.</summary>
public sealed class Stories260KTests
{
    // 32 bits leave a sum of 64 terms near 1 an error of about 2e-6, which the norm of a row (about 2) halves; it differs between processors.
    private const double UsualDistance = 0.01;

    private static string Model => SharedData.Path("language", "stories260K.bin");

    [Theory]
    [InlineData(ComputingPrecision.Bits32, 1e-4)]
    [InlineData(ComputingPrecision.Bits64, 1e-9)]
    public void Last_logits_agree_with_the_reference(ComputingPrecision precision, double tolerance)
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(Model, precision);
        foreach (JsonElement text in Cases())
        {
            double[] logits = model.LastLogits(Tokens(text));
            double norm = text.GetProperty("lastLogitsNorm").GetDouble();
            Assert.Equal(1, Math.Sqrt(logits.Sum(logit => logit * logit)) / norm, tolerance);
            Assert.Equal(text.GetProperty("lastLogitsSum").GetDouble() / norm, logits.Sum() / norm, tolerance * Math.Sqrt(logits.Length));
            int[] order = [.. Enumerable.Range(0, logits.Length).OrderByDescending(token => logits[token])];
            int place = 0;
            foreach (JsonElement top in text.GetProperty("lastLogitsTop5").EnumerateArray())
            {
                Assert.Equal(top[0].GetInt32(), order[place++]);
                Assert.Equal(1, logits[top[0].GetInt32()] / top[1].GetDouble(), tolerance);
            }
        }
    }

    [Theory]
    [InlineData(ComputingPrecision.Bits32, 1e-4)]
    [InlineData(ComputingPrecision.Bits64, 1e-9)]
    public void Features_agree_with_the_reference(ComputingPrecision precision, double tolerance)
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(Model, precision);
        using var features = new SplineFeatures(model);
        foreach (JsonElement text in Cases())
        {
            TokenPlaces places = features.Of(Tokens(text));
            int layer = 0;
            foreach (JsonElement expected in text.GetProperty("splineFeatures").EnumerateArray())
            {
                double?[] found = places.Features(layer++).ToArray();
                for (int i = 0; i < LayerFeatures.Count; i++)
                {
                    if (expected[i].ValueKind == JsonValueKind.Null)
                        Assert.Null(found[i]);
                    else
                        Agree(expected[i].GetDouble(), found[i]!.Value, tolerance, i < 4 ? 0 : UsualDistance);
                }
            }
        }
    }

    [Theory]
    [InlineData(AttentionRule.Relative, "attentionDimensionRelative")]
    [InlineData(AttentionRule.Absolute, "attentionDimensionAbsolute")]
    public void Attention_dimensions_are_those_of_the_reference(AttentionRule rule, string key)
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(Model);
        foreach (JsonElement text in Cases())
        {
            AttentionDimension dimension = AttentionDimension.Of(model, Tokens(text), rule);
            Assert.Equal(text.GetProperty(key).EnumerateArray().Select(count => count.GetInt32()), Enumerable.Range(0, dimension.Layers).Select(layer => dimension.Of(layer)));
        }
    }

    [Fact]
    public void The_greedy_story_is_that_of_the_reference()
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(Model);
        string expected = File.ReadAllText(SharedData.Path("language", "stories260K_greedy200.txt")).TrimEnd('\n');
        var options = new GenerationOptions { MostTokens = 200, Ends = [1] };
        string story = Text([.. TextGeneration.Continue(model, [1], options, RunContext.Default)]);
        Assert.StartsWith(expected[..Math.Min(expected.Length, story.Length)], story);
        Assert.True(story.Length >= expected.Length - 4, $"{story.Length} characters of {expected.Length}");
    }

    [Fact]
    public void Drawn_stories_depend_on_the_seed_alone()
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(Model);
        var options = new GenerationOptions { MostTokens = 40, Temperature = 1, TopShare = 0.9 };
        int[] Drawn(ulong seed) => [.. TextGeneration.Continue(model, [1], options, new RunContext { Seed = seed })];
        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }

    // Relative to the value, but a small distance is a difference of numbers near 1, and 32 bits leave it their error.
    private static void Agree(double expected, double found, double tolerance, double scale) =>
        Assert.True(Math.Abs(found - expected) <= tolerance * Math.Max(Math.Abs(expected), scale), $"found {found:R}; expected {expected:R}");

    private static int[] Tokens(JsonElement text) => [.. text.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())];

    private static IEnumerable<JsonElement> Cases() =>
        JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("language", "stories260K_reference.json"))).RootElement.GetProperty("cases").EnumerateArray();

    // The layout of llama2.c: the longest length, then score, length and bytes of each token; <0x0A> stands for a byte.
    private static string Text(int[] tokens)
    {
        using var reader = new BinaryReader(File.OpenRead(SharedData.Path("language", "tok512.bin")));
        reader.ReadInt32();
        var pieces = new List<byte[]>();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            reader.ReadSingle();
            byte[] piece = reader.ReadBytes(reader.ReadInt32());
            string text = Encoding.UTF8.GetString(piece);
            pieces.Add(text.StartsWith("<0x", StringComparison.Ordinal) && text.Length == 6 ? [Convert.ToByte(text[3..5], 16)] : piece);
        }
        return Encoding.UTF8.GetString([.. tokens.SelectMany(token => pieces[token])]).TrimStart(' ');
    }
}
