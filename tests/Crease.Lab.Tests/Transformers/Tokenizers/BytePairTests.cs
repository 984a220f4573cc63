using System.Text;
using System.Text.Json.Nodes;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class BytePairTests
{
    [Fact]
    public void Merging_by_a_heap_equals_merging_by_search()
    {
        var random = new RandomSource(11);
        for (int trial = 0; trial < 60; trial++)
        {
            (string Left, string Right)[] merges = RandomMerges(random);
            Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.Pairs(["a", "b", "c", "▁"], merges));
            for (int i = 0; i < 20; i++)
            {
                string word = string.Concat(Enumerable.Range(0, random.Index(40)).Select(_ => "abc▁"[random.Index(4)]));
                Assert.Equal(Searched(word, merges), tokenizer.Encode(word).Ids.ToArray().Select(tokenizer.TokenText));
            }
        }
    }

    [Fact]
    public void Byte_level_text_and_bytes_come_back()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.ByteLevel(KnownPatterns.Llama3, ("a", "b"), (" ", "ab"), ("\r", "\n"), (" ", " ")));
        TinyTokenizers.AssertComesBack(tokenizer, new RandomSource(12), times: 500, parts: 15, specials: true);
    }

    [Fact]
    public void Byte_fallback_text_and_bytes_come_back()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.ByteFallback("ab▁ไ", ("a", "b"), ("▁", "ab"), ("▁", "▁")));
        TinyTokenizers.AssertComesBack(tokenizer, new RandomSource(13), times: 500, parts: 15);
    }

    // Bytes are ids 0 to 255; merges in order: 256 "ab", 257 " ab", 258 "\r\n", 259 "  ", 260 E0 B8 (the first two bytes of most Thai letters).
    [Theory]
    [InlineData("", new int[0])]
    [InlineData("ab", new[] { 256 })]
    // One space goes with the word.
    [InlineData(" ab", new[] { 257 })]
    // Of two spaces the last goes with the word, and \s+(?!\S) takes the first.
    [InlineData("  ab", new[] { 32, 257 })]
    // Of three, two are left to merge.
    [InlineData("   ab", new[] { 259, 257 })]
    // Trailing spaces: nothing follows, so the whole run is one word and merges from the left.
    [InlineData("ab   ", new[] { 256, 259, 32 })]
    [InlineData("   ", new[] { 259, 32 })]
    // The pattern keeps \r\n together.
    [InlineData("ab\r\nab", new[] { 256, 258, 256 })]
    // Digits in threes: "123" and "4"; there are no merges of digits.
    [InlineData("1234", new[] { 49, 50, 51, 52 })]
    // U+1F600 is F0 9F 98 80; the joiner U+200D is E2 80 8D: no merges, so bytes.
    [InlineData("😀\u200D", new[] { 0xF0, 0x9F, 0x98, 0x80, 0xE2, 0x80, 0x8D })]
    // U+0E44 is E0 B9 84 (no merge), U+0E17 is E0 B8 97, U+0E22 is E0 B8 A2.
    [InlineData("ไทย", new[] { 0xE0, 0xB9, 0x84, 260, 0x97, 260, 0xA2 })]
    // e, then U+0301 as CC 81: no normalizer, so nothing is composed.
    [InlineData("e\u0301", new[] { 0x65, 0xCC, 0x81 })]
    // A special token in the text is found before anything else.
    [InlineData("ab<|end|> ab", new[] { 256, 261, 257 })]
    public void Hard_strings_become_the_tokens_worked_out_by_hand(string text, int[] expected)
    {
        JsonObject json = TinyTokenizers.ByteLevel(KnownPatterns.Llama3, ("a", "b"), (" ", "ab"), ("\r", "\n"), (" ", " "));
        AddPair(json, "\u00E0", "\u00B8");
        int[] ids = TinyTokenizers.Read(json).Encode(text).Ids.ToArray();
        Assert.Equal(expected, ids.Select(Simple));

        // Bytes of the alphabet have their own value as id here; the added token moved up by one merge.
        static int Simple(int id) => id;
    }

    [Fact]
    public void Bytes_that_are_no_text_are_byte_tokens()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.ByteLevel(KnownPatterns.Gpt2, ("a", "b")));
        // A lone continuation byte, a truncated lead byte and a byte that never occurs.
        Assert.Equal([256, 0x80, 0xE2, 0x98, 256, 0xFF], tokenizer.Encode((byte[])[0x61, 0x62, 0x80, 0xE2, 0x98, 0x61, 0x62, 0xFF]).Ids.ToArray());
        // A surrogate without its partner is U+FFFD, that is EF BF BD.
        Assert.Equal([0xEF, 0xBF, 0xBD], tokenizer.Encode("\uD800").Ids.ToArray());
    }

    [Fact]
    public void Whole_words_count_before_merges_when_merges_are_ignored()
    {
        // "abc" is a token that no merge makes.
        JsonObject json = TinyTokenizers.Pairs(["a", "b", "c", "abc"], [("b", "c")]);
        Assert.Equal(["a", "bc"], Texts(json, "abc"));
        json["model"]!["ignore_merges"] = true;
        Assert.Equal(["abc"], Texts(json, "abc"));
    }

    [Fact]
    public void Unknown_characters_are_fused_only_when_asked()
    {
        JsonObject json = TinyTokenizers.Pairs(["<unk>", "a"], []);
        Assert.Equal(["a", "a"], Texts(json, "axya"));
        json["model"]!["unk_token"] = "<unk>";
        Assert.Equal(["a", "<unk>", "<unk>", "a"], Texts(json, "axya"));
        json["model"]!["fuse_unk"] = true;
        Assert.Equal(["a", "<unk>", "a"], Texts(json, "axya"));
    }

    [Fact]
    public void Llama_2_writes_spaces_as_marks_and_other_characters_as_bytes()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.ByteFallback("ab▁", ("a", "b"), ("▁", "ab")));
        // "▁ab" + "▁" + the bytes of é (C3 A9), which start at id 3.
        Tokenization tokens = tokenizer.Encode("ab é");
        Assert.Equal(["<s>", "▁ab", "▁", "<0xC3>", "<0xA9>"], tokens.Ids.ToArray().Select(tokenizer.TokenText));
        Assert.Equal([0, 0, 2, 3, 3], tokens.Starts.ToArray());
        Assert.Equal([0, 2, 3, 4, 4], tokens.Ends.ToArray());
        Assert.Equal("<s> ab é", tokenizer.Decode(tokens.Ids, specials: true));
    }

    private static IEnumerable<string> Texts(JsonObject json, string text)
    {
        Tokenizer tokenizer = TinyTokenizers.Read(json.DeepClone());
        return tokenizer.Encode(text).Ids.ToArray().Select(tokenizer.TokenText);
    }

    private static void AddPair(JsonObject json, string left, string right)
    {
        int id = json["added_tokens"]![0]!["id"]!.GetValue<int>();
        json["model"]!["vocab"]![left + right] = id;
        json["model"]!["merges"]!.AsArray().Add(new JsonArray(left, right));
        json["added_tokens"]![0]!["id"] = id + 1;
    }

    private static (string Left, string Right)[] RandomMerges(RandomSource random)
    {
        var tokens = new List<string> { "a", "b", "c", "▁" };
        var merges = new List<(string Left, string Right)>();
        for (int i = random.Index(15); i >= 0; i--)
        {
            (string Left, string Right) merge = (tokens[random.Index(tokens.Count)], tokens[random.Index(tokens.Count)]);
            if (merges.Contains(merge))
                continue;
            merges.Add(merge);
            tokens.Add(merge.Left + merge.Right);
        }
        return [.. merges];
    }

    private static List<string> Searched(string word, (string Left, string Right)[] merges)
    {
        List<string> parts = [.. word.Select(unit => unit.ToString())];
        while (true)
        {
            (int rank, int at) = (int.MaxValue, -1);
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                int found = Array.IndexOf(merges, (parts[i], parts[i + 1]));
                if (found >= 0 && found < rank)
                    (rank, at) = (found, i);
            }
            if (at < 0)
                return parts;
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
    }
}
