using System.Runtime.InteropServices;
using System.Text.Json;
using Crease.Models;
using Crease.Tests.Corpus;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>A small trained GPT (minGPT, GELU) against the activations that its authors' code gave.</summary>
public sealed class GptNanoSortTests
{
    [Fact]
    public void Every_tapped_value_agrees_with_the_published_activations()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        Write(folder, JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("language", "gpt-nano-sort-model.json"))).RootElement);
        JsonElement partials = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("language", "gpt-nano-sort-t0-partials.json"))).RootElement;
        using LanguageModel model = LanguageModel.Load(folder.Path);
        float[] tokens = Values(partials, "idx");
        int batch = 3, context = tokens.Length / batch;
        double worst = 0;
        for (int sequence = 0; sequence < batch; sequence++)
        {
            var tap = new Recorder();
            double[] logits = model.AllLogits([.. tokens.AsSpan(sequence * context, context).ToArray().Select(token => (int)token)], tap: tap);
            (string Name, double[] Found)[] compared =
            [
                ("lm_head", logits),
                ("x", tap[0, BlockTaps.ResidualIn]),
                ("v", tap[0, BlockTaps.Values]),
                ("attSm", tap[0, BlockTaps.AttentionWeights]),
                ("ln2", tap[0, BlockTaps.MlpIn]),
                ("fc", tap[0, BlockTaps.GatePreactivation]),
                ("mlp", tap[0, BlockTaps.MlpOut]),
                ("block0", tap[1, BlockTaps.ResidualIn]),
                ("block1", tap[2, BlockTaps.ResidualIn]),
            ];
            foreach ((string name, double[] found) in compared)
            {
                float[] all = Values(partials, name), expected = all.AsSpan(sequence * all.Length / batch, all.Length / batch).ToArray();
                Assert.Equal(expected.Length, found.Length);
                double scale = expected.Max(value => Math.Abs(value)), off = Enumerable.Range(0, found.Length).Max(i => Math.Abs(found[i] - expected[i])) / scale;
                Assert.True(off < 1e-4, $"{name} of sequence {sequence} is off by {off:E1} of its largest entry");
                worst = Math.Max(worst, off);
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"largest difference {worst:E2}");
    }

    private static void Write(TemporaryFolder folder, JsonElement model)
    {
        JsonElement config = model.GetProperty("config");
        File.WriteAllText(folder.At("config.json"), $$"""
            {"model_type": "gpt2", "n_layer": {{config.GetProperty("n_layer")}}, "n_head": {{config.GetProperty("n_head")}}, "n_embd": {{config.GetProperty("n_embd")}},
             "vocab_size": {{config.GetProperty("vocab_size")}}, "n_positions": {{config.GetProperty("block_size")}}, "tie_word_embeddings": false}
            """);
        var tensors = new List<SafetensorsTensor>();
        foreach (JsonProperty tensor in model.EnumerateObject().Where(entry => entry.Name != "config" && !entry.Name.EndsWith(".attn.bias", StringComparison.Ordinal)))
        {
            int[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
            float[] values = Values(model, tensor.Name);
            // minGPT keeps outputs first, GPT-2 inputs first.
            if (tensor.Name.Contains(".c_", StringComparison.Ordinal) && shape.Length == 2)
            {
                values = [.. Enumerable.Range(0, values.Length).Select(i => values[i % shape[0] * shape[1] + i / shape[0]])];
                shape = [shape[1], shape[0]];
            }
            tensors.Add(new SafetensorsTensor(tensor.Name, "F32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
        }
        using FileStream file = File.Create(folder.At("model.safetensors"));
        SafetensorsWriter.Write(file, tensors);
    }

    private static float[] Values(JsonElement all, string name) => MemoryMarshal.Cast<byte, float>(all.GetProperty(name).GetProperty("data").GetBytesFromBase64()).ToArray();
}
