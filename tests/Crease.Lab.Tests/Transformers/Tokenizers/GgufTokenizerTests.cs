using System.Text.Json.Nodes;
using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Tokenizers inside GGUF files against the files that they were made from.</summary>
public sealed class GgufTokenizerTests
{
    private static readonly (string Text, float Score, int Kind)[] Pieces =
    [
        ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), .. Enumerable.Range(0, 256).Select(value => ($"<0x{value:X2}>", 0f, 6)),
        ("▁a", -1, 1), ("ab", -2, 1), ("▁", -3, 1), ("a", -4, 1), ("b", -5, 1), ("▁▁", -6, 1),
    ];

    [Fact]
    public void Scored_pieces_split_as_their_SentencePiece_model()
    {
        Tokenizer found = Loaded(Scored(("bos_token_id", 1), ("eos_token_id", 2)));
        Tokenizer expected = TokenizerFiles.Read(TinyTokenizers.Model(2, byteFallback: true, [0x20, 0], [.. Pieces[259..]]), "tokenizer.model");
        Agree(expected, found);
        Assert.Equal((1, 2, 0), (found.BeginId, found.EndId, found.UnknownId));
        Assert.Equal([1], found.Encode("").Ids.ToArray());
        TinyTokenizers.AssertComesBack(found, new RandomSource(3), times: 200, parts: 10);
    }

    [Fact]
    public void Settings_say_whether_a_text_begins_with_a_token_and_a_space()
    {
        Tokenizer plain = Loaded(Scored(("bos_token_id", 1), ("add_bos_token", 0), ("add_space_prefix", 0)));
        Assert.Equal(["ab"], plain.Encode("ab").Ids.ToArray().Select(plain.TokenText));
        Assert.Null(plain.EndId);
    }

    [Theory]
    [InlineData("gpt-2", KnownPatterns.Gpt2, false)]
    [InlineData("llama-bpe", KnownPatterns.Llama3, true)]
    [InlineData("qwen2", KnownPatterns.Qwen2, false)]
    public void Ranked_pairs_split_as_their_tokenizer_json(string name, string pattern, bool begins)
    {
        string[] bytes = [.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.Character((byte)value).ToString())];
        (string, string)[] merges = [("a", "b"), ("Ġ", "ab"), ("1", "2"), ("12", "3"), ("Ġ", "Ġ")];
        JsonObject json = TinyTokenizers.Pairs(bytes, merges);
        json["model"]!["ignore_merges"] = begins;
        string[] tokens = [.. json["model"]!["vocab"]!.AsObject().Select(pair => pair.Key), "<|first|>", "<|last|>"];
        json["added_tokens"] = new JsonArray([.. tokens[^2..].Select((token, i) => (JsonNode)new JsonObject { ["id"] = tokens.Length - 2 + i, ["content"] = token, ["special"] = true })]);
        json["pre_tokenizer"] = JsonNode.Parse("""{"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": ""}, "behavior": "Isolated", "invert": false}, {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}""");
        json["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!["Regex"] = pattern;
        json["decoder"] = JsonNode.Parse("""{"type": "ByteLevel"}""");
        Tokenizer found = Loaded(
        [
            ("model", "gpt2"), ("pre", name), ("tokens", tokens), ("merges", merges.Select(merge => $"{merge.Item1} {merge.Item2}").ToArray()),
            ("token_type", tokens.Select((_, id) => id < tokens.Length - 2 ? 1 : 3).ToArray()), ("bos_token_id", tokens.Length - 2), ("eos_token_id", tokens.Length - 1),
        ]);
        Agree(TinyTokenizers.Read(json), found);
        Assert.Equal((tokens.Length - 2, tokens.Length - 1), (found.BeginId, found.EndId));
        Assert.Equal(begins ? [tokens.Length - 2] : [], found.Encode("").Ids.ToArray());
        TinyTokenizers.AssertComesBack(found, new RandomSource(4), times: 200, parts: 10);
    }

    [Theory]
    [InlineData("model", "t5", "llama and gpt2")]
    [InlineData("tokens", null, "tokens")]
    [InlineData("scores", new float[0], "scores")]
    [InlineData("token_type", new int[0], "types")]
    [InlineData("token_type", "texts", "token_type")]
    [InlineData("bos_token_id", 9999, "9999")]
    public void Settings_that_lie_are_refused(string key, object? value, string said)
    {
        var settings = Scored(("bos_token_id", 1)).Where(setting => setting.Key != key).ToList();
        if (value is not null)
            settings.Add((key, value));
        ModelException fault = Assert.Throws<ModelException>(() => Loaded([.. settings]));
        Assert.Contains(said, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Truncated_and_changed_files_never_end_otherwise()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("model.gguf");
        byte[] whole = Bytes(Scored(("bos_token_id", 1)));
        var random = new RandomSource(5);
        for (int attempt = 0; attempt < 300; attempt++)
        {
            byte[] bytes = [.. whole];
            if (attempt % 3 == 0)
                bytes = bytes[..random.Index(bytes.Length)];
            else
                bytes[random.Index(attempt % 3 == 1 ? 400 : bytes.Length)] = (byte)random.Index(256);
            File.WriteAllBytes(path, bytes);
            try
            {
                Tokenizer.Load(path).Encode("ab");
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }
        }
    }

    private static (string Key, object Value)[] Scored(params (string, object)[] more) =>
    [
        ("model", "llama"), ("tokens", Pieces.Select(piece => piece.Text).ToArray()), ("scores", Pieces.Select(piece => piece.Score).ToArray()),
        ("token_type", Pieces.Select(piece => piece.Kind).ToArray()), .. more,
    ];

    private static byte[] Bytes((string Key, object Value)[] settings) => GgufBytes.Packed([.. settings.Select(setting => ("tokenizer.ggml." + setting.Key, setting.Value))], []);

    private static Tokenizer Loaded((string Key, object Value)[] settings)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("model.gguf"), Bytes(settings));
        return Tokenizer.Load(folder.At("model.gguf"));
    }

    private static void Agree(Tokenizer expected, Tokenizer found)
    {
        Assert.Equal(expected.Count, found.Count);
        var random = new RandomSource(6);
        for (int i = 0; i < 300; i++)
        {
            string text = TinyTokenizers.RandomText(random, 12);
            Assert.Equal(expected.Encode(text, specials: false).Ids.ToArray(), found.Encode(text, specials: false).Ids.ToArray());
        }
    }
}
