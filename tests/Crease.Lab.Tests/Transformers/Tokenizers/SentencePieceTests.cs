using System.Text;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class SentencePieceTests
{
    private static readonly byte[] KeepSpace = [0x20, 0];

    private static Tokenizer Read(byte[] file) => TokenizerFiles.Read(file, "tokenizer.model");

    private static IEnumerable<string> Texts(Tokenizer tokenizer, string text) => tokenizer.Encode(text, specials: false).Ids.ToArray().Select(tokenizer.TokenText);

    [Fact]
    public void Pairs_merge_by_score_and_the_rest_is_bytes()
    {
        Tokenizer tokenizer = Read(TinyTokenizers.Model(2, byteFallback: true, KeepSpace, ("▁a", -1, 1), ("ab", -2, 1), ("▁", -3, 1), ("a", -4, 1), ("b", -5, 1)));
        // "▁a" has the higher score, so "ab" never forms at the start of a word.
        Assert.Equal(["▁a", "b", "▁", "▁a", "ab"], Texts(tokenizer, "ab  aab"));
        Assert.Equal(["▁", "<0xC3>", "<0xA9>"], Texts(tokenizer, "é"));
        Assert.Equal((1, 2, 0), (tokenizer.BeginId, tokenizer.EndId, tokenizer.UnknownId));
        Assert.Equal([1], tokenizer.Encode("").Ids.ToArray());
    }

    [Fact]
    public void Byte_fallback_text_and_bytes_come_back()
    {
        foreach (int type in (int[])[1, 2])
        {
            Tokenizer tokenizer = Read(TinyTokenizers.Model(type, byteFallback: true, KeepSpace, ("▁a", -1, 1), ("ab", -2, 1), ("▁", -3, 1), ("a", -4, 1), ("b", -5, 1), ("▁▁", -6, 1)));
            TinyTokenizers.AssertComesBack(tokenizer, new RandomSource(31), times: 300, parts: 12);
        }
    }

    [Fact]
    public void Extra_space_is_taken_out_unless_it_is_kept()
    {
        byte[] Model(byte[] normalizer) => TinyTokenizers.Model(1, byteFallback: false, normalizer, ("▁", -1, 1), ("a", -1, 1));
        Assert.Equal(["▁", "a", "▁", "a"], Texts(Read(Model([])), "  a   a "));
        Assert.Empty(Texts(Read(Model([])), "   "));
        Assert.Equal(["▁", "▁", "▁", "a", "▁"], Texts(Read(Model(KeepSpace)), "  a "));
        Assert.Equal(["a", "▁", "a"], Texts(Read(Model([0x18, 0])), " a a"));
        Assert.Equal("a a", Read(Model([])).Decode(Read(Model([])).Encode("  a   a ").Ids));
    }

    [Fact]
    public void Tokens_of_the_user_stay_whole_and_unknown_text_is_fused()
    {
        foreach (int type in (int[])[1, 2])
        {
            Tokenizer tokenizer = Read(TinyTokenizers.Model(type, byteFallback: false, [0x18, 0], ("ab", -1, 1), ("a", -2, 1), ("b", -2, 1), ("ba", 0, 4)));
            // Pairs never cut into the token; unigram gives it twice the best score less a tenth, which beats its own letters but not "ab" twice.
            Assert.Equal(type == 1 ? ["ab", "ab"] : ["a", "ba", "b"], Texts(tokenizer, "abab"));
            Assert.Equal(["ba"], Texts(tokenizer, "ba"));
            Assert.Equal(["ab", "<unk>", "a"], Texts(tokenizer, "abxyza"));
            Assert.Equal("ab \u2047 a", tokenizer.Decode(tokenizer.Encode("abxyza").Ids));
        }
    }

    [Fact]
    public void Tokens_out_of_use_go_back_into_their_parts()
    {
        Tokenizer tokenizer = Read(TinyTokenizers.Model(2, byteFallback: false, [0x18, 0], ("ab", -1, 5), ("abc", -2, 1), ("a", -3, 1), ("b", -3, 1), ("c", -3, 1)));
        Assert.Equal(["abc", "a", "b"], Texts(tokenizer, "abcab"));
    }

    [Fact]
    public void Character_map_replaces_the_longest_entry()
    {
        // A double array by hand: root 0 goes to unit 0 ^ 1 ^ byte. "A" (0x41) gives "a"; U+FF21 (EF BC A1) gives "a".
        byte[] map = HandMadeMap();
        byte[] normalizer = [.. TinyTokenizers.Field(2, map), 0x18, 0];
        Tokenizer tokenizer = Read(TinyTokenizers.Model(1, byteFallback: false, normalizer, ("a", -1, 1), ("b", -1, 1)));
        Assert.Equal(["a", "b", "a"], Texts(tokenizer, "AbＡ"));
        Assert.Equal([0, 1, 2], tokenizer.Encode("AbＡ", specials: false).Starts.ToArray());
    }

    private static byte[] HandMadeMap()
    {
        var units = new uint[1024];
        const uint hasLeaf = 0x100;
        uint Unit(uint label, uint offset, bool leaf) => label | offset << 10 | (leaf ? hasLeaf : 0);
        units[0] = 1u << 10;
        // From the root (base 1): 'A' at 1 ^ 0x41 = 0x40, its base 0x40 ^ 0x200 = 0x240, where its value lies.
        units[0x40] = Unit(0x41, 0x200, true);
        units[0x240] = 0x80000000;
        // EF at 1 ^ 0xEF = 0xEE, base 0xEE ^ 0x100 = 0x1EE; BC at 0x1EE ^ 0xBC = 0x152, base 0x152 ^ 0x200 = 0x352; A1 at 0x352 ^ 0xA1 = 0x3F3.
        units[0xEE] = Unit(0xEF, 0x100, false);
        units[0x152] = Unit(0xBC, 0x200, false);
        units[0x3F3] = Unit(0xA1, 0x008, true);
        units[0x3FB] = 0x80000000;
        return [.. BitConverter.GetBytes(4 * units.Length), .. units.SelectMany(BitConverter.GetBytes), .. Encoding.UTF8.GetBytes("a\0")];
    }
}
