using System.Text.Json.Nodes;
using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Model files that lie: one line that says what is wrong, and nothing else.</summary>
public sealed class HostileModelTests
{
    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{}", "model_type")]
    [InlineData("""{"model_type": "bert"}""", "gpt_neox")]
    [InlineData("""{"model_type": 3}""", "model_type")]
    [InlineData("""{"model_type": "llama"}""", "hidden_size")]
    [InlineData("""{"model_type": "\ud800"}""", "a surrogate without its partner")]
    public void A_configuration_that_is_none_is_refused(string config, string said) => Refused(folder => File.WriteAllText(folder.At("config.json"), config), said);

    [Theory]
    [InlineData("num_hidden_layers", "1000000000", "layers")]
    [InlineData("num_hidden_layers", "4", "model.layers.3")]
    [InlineData("hidden_size", "-24", "width")]
    [InlineData("hidden_size", "25", "[37, 24]")]
    [InlineData("hidden_size", "1e99", "hidden_size")]
    [InlineData("num_attention_heads", "0", "heads")]
    [InlineData("num_key_value_heads", "3", "divisor")]
    [InlineData("num_key_value_heads", "4", "k_proj")]
    [InlineData("head_dim", "7", "even")]
    [InlineData("intermediate_size", "2147483647", "perceptron")]
    [InlineData("vocab_size", "38", "embed_tokens")]
    [InlineData("vocab_size", "\"many\"", "vocab_size")]
    [InlineData("hidden_act", "\"cube\"", "silu")]
    [InlineData("rope_theta", "-1", "base")]
    [InlineData("rope_scaling", """{"type": "cubic", "factor": 4}""", "llama3")]
    [InlineData("rope_scaling", """{"type": "dynamic", "factor": 4}""", "turns a text of each length otherwise")]
    [InlineData("rope_scaling", """{"type": "longrope", "short_factor": [1, 1, 1]}""", "long_factor")]
    [InlineData("rope_scaling", """{"type": "longrope", "short_factor": [1, 1], "long_factor": [1, 1, 1]}""", "has 2 factors for short texts")]
    [InlineData("rope_scaling", """{"type": "longrope", "short_factor": [1, 1, 1], "long_factor": [1, 0, 1]}""", "not above 0")]
    [InlineData("rope_scaling", """{"type": "longrope", "short_factor": [1, 1, 1], "long_factor": [1, 1, "2"]}""", "long_factor")]
    [InlineData("rope_scaling", """{"type": "longrope", "short_factor": [1, 1, 1], "long_factor": [1, 1, 1], "original_max_position_embeddings": 1}""", "original context is 1")]
    [InlineData("rope_scaling", """{"type": "longrope", "short_factor": [1, 1, 1], "long_factor": [1, 1, 1], "attention_factor": -1}""", "attention factor is -1")]
    [InlineData("rope_scaling", """{"type": "yarn", "factor": 0.5}""", "factor is 0.5")]
    [InlineData("rope_scaling", """{"type": "yarn", "factor": 4, "beta_slow": -1}""", "ramp is from pair")]
    [InlineData("rope_scaling", """{"type": "yarn", "factor": 4, "beta_fast": 0.001, "beta_slow": 9}""", "ramp is from pair")]
    [InlineData("rope_scaling", "7", "rope_scaling")]
    [InlineData("sliding_window", "0", "window")]
    public void A_configuration_that_does_not_fit_the_tensors_is_refused(string key, string value, string said) => Refused(
        folder =>
        {
            var random = new RandomModel("mistral");
            random.Config[key] = JsonNode.Parse(value);
            random.Write(folder);
        },
        said);

    [Theory]
    [InlineData("model.norm.weight", "{\"weight_map\": {}}")]
    [InlineData("folder", """{"weight_map": {"model.norm.weight": "../secret.safetensors"}}""")]
    [InlineData("weight_map", "{}")]
    [InlineData("weight_map", """{"weight_map": ["model.safetensors"]}""")]
    [InlineData("weight_map.model.norm.weight is 3", """{"weight_map": {"model.norm.weight": 3}}""")]
    [InlineData("a surrogate without its partner", """{"weight_map": {"\udc00": "model.safetensors"}}""")]
    [InlineData("a surrogate without its partner", """{"weight_map": {"model.norm.weight": "\udc00"}}""")]
    [InlineData("absent.safetensors", """{"weight_map": {"model.norm.weight": "absent.safetensors"}}""")]
    public void An_index_that_lies_is_refused(string said, string index) => Refused(
        folder =>
        {
            new RandomModel("llama").Write(folder);
            File.WriteAllText(folder.At("model.safetensors.index.json"), index);
        },
        said == "model.norm.weight" ? "embed_tokens" : said);

    [Fact]
    public void Weights_that_are_absent_infinite_or_of_another_type_are_refused()
    {
        Refused(folder => File.WriteAllText(folder.At("config.json"), new RandomModel("llama").Config.ToJsonString()), "safetensors");
        Refused(
            folder =>
            {
                var random = new RandomModel("llama");
                random["model.layers.1.mlp.up_proj.weight"][5] = float.NaN;
                random.Write(folder);
            },
            "up_proj");
    }

    [Fact]
    public void Truncated_and_changed_files_never_end_otherwise()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        new RandomModel("llama").Write(folder);
        byte[] whole = File.ReadAllBytes(folder.At("model.safetensors"));
        var random = new RandomSource(5);
        for (int attempt = 0; attempt < 150; attempt++)
        {
            byte[] bytes = [.. whole];
            if (attempt % 3 == 0)
                bytes = bytes[..random.Index(bytes.Length)];
            else
                bytes[random.Index(attempt % 3 == 1 ? 1500 : 8)] = (byte)random.Index(256);
            File.WriteAllBytes(folder.At("model.safetensors"), bytes);
            OnlyModelExceptions(folder.Path);
        }
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors.index.json")]
    public void Changed_settings_never_end_otherwise(string name)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        new RandomModel("gemma2").Write(folder, files: 2);
        byte[] whole = File.ReadAllBytes(folder.At(name));
        var random = new RandomSource(8);
        for (int attempt = 0; attempt < 300; attempt++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Index(3); change >= 0; change--)
                bytes[random.Index(bytes.Length)] = random.Index(2) == 0 ? (byte)random.Index(256) : (byte)"0123456789-e.\"{}[],:"[random.Index(20)];
            File.WriteAllBytes(folder.At(name), attempt % 5 == 0 ? bytes[..random.Index(bytes.Length)] : bytes);
            OnlyModelExceptions(folder.Path);
        }
    }

    [Fact]
    public void A_llama2c_file_of_another_length_or_with_a_header_that_lies_is_refused()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        string path = folder.At("model.bin");
        var random = new RandomSource(6);
        foreach (int[] header in (int[][])[[64, 172, 5, 8, 4, 512, 512], [0, 0, 0, 0, 0, 0, 0], [64, 172, 5, 7, 4, 512, 512], [64, 172, 5, 8, 3, 512, 512], [int.MaxValue, int.MaxValue, int.MaxValue, 1, 1, int.MinValue, int.MaxValue], [1 << 20, 1 << 20, 1 << 12, 1, 1, 1 << 24, 1 << 28]])
        {
            byte[] bytes = [.. header.SelectMany(BitConverter.GetBytes), .. new byte[1000]];
            for (int length = 0; length <= bytes.Length; length += 14)
            {
                File.WriteAllBytes(path, bytes[..length]);
                ModelException fault = Assert.Throws<ModelException>(() => LanguageModel.Load(path));
                Assert.DoesNotContain('\n', fault.Message);
            }
        }
        Assert.Throws<ModelException>(() => LanguageModel.Load(folder.At("absent.bin")));
    }

    private static void OnlyModelExceptions(string path)
    {
        try
        {
            LanguageModel.Load(path).Dispose();
        }
        catch (ModelException fault)
        {
            Assert.DoesNotContain('\n', fault.Message);
        }
    }

    private static void Refused(Action<TemporaryFolder> write, string said)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        write(folder);
        ModelException fault = Assert.Throws<ModelException>(() => LanguageModel.Load(folder.Path));
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Contains(said, fault.Message);
    }
}
