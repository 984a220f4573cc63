using Crease.Measures;
using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Sizes of a configuration are those of the tensors.</summary>
public sealed class LanguageModelSizesTests
{
    [Theory]
    [MemberData(nameof(FamilyTests.Families), MemberType = typeof(FamilyTests))]
    public void Parameters_are_the_numbers_of_all_tensors(string family, string more)
    {
        using var folder = new TemporaryFolder();
        var model = new RandomModel(family, more: more);
        model.Write(folder);
        TransformerShape sizes = LanguageModelSizes.Read(folder.Path);
        Assert.Equal(model.Names.Sum(name => model[name].Length), sizes.Parameters);
        Assert.Equal(sizes.Parameters, TransformerOperations.Prefill(sizes, 5).Parameters);
        // What a token is multiplied with: all matrices but the looked-up embedding, which is the head where they are tied.
        int looked = model.Names.Where(name => model.ShapeOf(name) is [_, _] shape && !(shape[0] == RandomModel.Vocabulary && sizes.IsTied) && (name.Contains("wte", StringComparison.Ordinal) || name.Contains("embed_in", StringComparison.Ordinal) || name.Contains("embed_tokens", StringComparison.Ordinal) || name.Contains("wpe", StringComparison.Ordinal))).Sum(name => model[name].Length);
        Assert.Equal(model.Names.Where(name => model.ShapeOf(name).Length == 2).Sum(name => model[name].Length) - looked, sizes.Matrices);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, string text) in new[] { ("x.gguf", "GGUF"), ("x.bin", "no"), ("config.json", "{\"model_type\": \"none\"}") })
        {
            File.WriteAllText(folder.At(name), text);
            string path = name == "config.json" ? folder.Path : folder.At(name);
            Assert.DoesNotContain('\n', Assert.Throws<ModelException>(() => LanguageModelSizes.Read(path)).Message);
        }
    }
}
