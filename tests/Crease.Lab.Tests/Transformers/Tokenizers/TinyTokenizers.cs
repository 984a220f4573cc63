using System.Text;
using System.Text.Json.Nodes;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Tokenizers small enough to work out by hand.</summary>
internal static class TinyTokenizers
{
    public const string Mark = "\u2581";

    private static readonly string[] Hard =
    [
        "a", "b", "ab", "Z", "é", "e\u0301", " ", "  ", "\n", "\r\n", "\t", "1", "23", "😀", "👩\u200D👩\u200D👧", "ไทย", "สวัสดี", "\u0E33", "中", "𝐀", "𠀀", "\u00A0", "\u3000", "'s", "'LL", "-", "_", "!?", "ſ", "ﬁ", "한", "\u1112\u1161", "\uFFFD", "<|end|>", "\u0000",
    ];

    /// <summary>Texts and bytes, invalid ones too, come back as they were.</summary>
    public static void AssertComesBack(Tokenizer tokenizer, RandomSource random, int times, int parts, bool specials = false)
    {
        for (int i = 0; i < times; i++)
        {
            string text = RandomText(random, parts);
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text).Ids, specials));
            byte[] bytes = RandomBytes(random, parts);
            Assert.Equal(bytes, tokenizer.DecodeBytes(tokenizer.Encode(bytes).Ids, specials));
        }
    }

    public static string RandomText(RandomSource random, int parts) => string.Concat(Enumerable.Range(0, random.Index(parts + 1)).Select(_ => Hard[random.Index(Hard.Length)]));

    public static byte[] RandomBytes(RandomSource random, int parts)
    {
        var bytes = new List<byte>();
        for (int left = random.Index(parts + 1); left > 0; left--)
        {
            if (random.Index(3) == 0)
                bytes.Add((byte)random.Index(256));
            else
                bytes.AddRange(Encoding.UTF8.GetBytes(Hard[random.Index(Hard.Length)]));
        }
        return [.. bytes];
    }

    public static Tokenizer Read(JsonNode json) => TokenizerFiles.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "tokenizer.json");

    public static JsonObject Pairs(IEnumerable<string> tokens, IEnumerable<(string Left, string Right)> merges)
    {
        var vocabulary = new JsonObject();
        foreach (string token in tokens.Concat(merges.Select(merge => merge.Left + merge.Right)).Distinct())
            vocabulary[token] = vocabulary.Count;
        return new JsonObject
        {
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(merge => new JsonArray(merge.Left, merge.Right))]),
            },
        };
    }

    /// <summary>Byte-level pairs as in Llama 3: ids 0 to 255 are the bytes, merges follow; a token &lt;|end|&gt; comes last.</summary>
    public static JsonObject ByteLevel(string pattern, params (string Left, string Right)[] merges)
    {
        JsonObject json = Pairs(Enumerable.Range(0, 256).Select(value => ByteAlphabet.Character((byte)value).ToString()), merges.Select(merge => (Bytes(merge.Left), Bytes(merge.Right))));
        int end = json["model"]!["vocab"]!.AsObject().Count;
        json["added_tokens"] = new JsonArray(new JsonObject { ["id"] = end, ["content"] = "<|end|>", ["special"] = true, ["normalized"] = false });
        json["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false }),
        };
        json["decoder"] = new JsonObject { ["type"] = "ByteLevel" };
        return json;
    }

    /// <summary>Pairs as in Llama 2: &lt;unk&gt; &lt;s&gt; &lt;/s&gt;, the bytes from id 3, characters, merges.</summary>
    public static JsonObject ByteFallback(string characters, params (string Left, string Right)[] merges)
    {
        IEnumerable<string> bytes = Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>");
        JsonObject json = Pairs([.. (string[])["<unk>", "<s>", "</s>"], .. bytes, .. characters.Select(unit => unit.ToString())], merges);
        json["model"]!["byte_fallback"] = true;
        json["model"]!["unk_token"] = "<unk>";
        json["model"]!["fuse_unk"] = true;
        json["added_tokens"] = new JsonArray([.. ((string[])["<unk>", "<s>", "</s>"]).Select((token, id) => new JsonObject { ["id"] = id, ["content"] = token, ["special"] = true, ["normalized"] = false })]);
        json["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}""");
        json["post_processor"] = JsonNode.Parse("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"<s>":{"id":"<s>","ids":[1],"tokens":["<s>"]}}}""");
        json["decoder"] = JsonNode.Parse("""{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}""");
        return json;
    }

    /// <summary>A unigram vocabulary whose token 0 is unknown.</summary>
    public static JsonObject Unigram(params (string Text, double Score)[] pieces) => new()
    {
        ["model"] = new JsonObject
        {
            ["type"] = "Unigram",
            ["unk_id"] = 0,
            ["vocab"] = new JsonArray([new JsonArray("<unk>", 0.0), .. pieces.Select(piece => new JsonArray(piece.Text, piece.Score))]),
        },
    };

    /// <summary>A SentencePiece model file.</summary>
    /// <param name="type">1: unigram, 2: byte-pair encoding.</param>
    /// <param name="byteFallback">Whether the byte tokens are there; they follow the three special ones.</param>
    /// <param name="normalizer">Extra bytes of the normalizer's message.</param>
    /// <param name="pieces">Tokens after those.</param>
    public static byte[] Model(int type, bool byteFallback, byte[] normalizer, params (string Text, float Score, int Kind)[] pieces)
    {
        var file = new List<byte>();
        IEnumerable<(string Text, float Score, int Kind)> bytes = byteFallback ? Enumerable.Range(0, 256).Select(value => ($"<0x{value:X2}>", 0f, 6)) : [];
        foreach ((string text, float score, int kind) in (IEnumerable<(string, float, int)>)[("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), .. bytes, .. pieces])
            Message(file, 1, [.. Field(1, Encoding.UTF8.GetBytes(text)), 0x15, .. BitConverter.GetBytes(score), 0x18, (byte)kind]);
        Message(file, 2, [0x18, (byte)type, 0x98, 0x02, (byte)(byteFallback ? 1 : 0)]);
        Message(file, 3, normalizer);
        return [.. file];
    }

    /// <summary>A length-delimited protobuf field.</summary>
    public static byte[] Field(int number, byte[] content)
    {
        var field = new List<byte>();
        Message(field, number, content);
        return [.. field];
    }

    private static void Message(List<byte> file, int number, byte[] content)
    {
        file.Add((byte)(number << 3 | 2));
        int length = content.Length;
        for (; length >= 0x80; length >>= 7)
            file.Add((byte)(length | 0x80));
        file.Add((byte)length);
        file.AddRange(content);
    }

    private static string Bytes(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(ByteAlphabet.Character));
}
