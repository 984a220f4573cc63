using System.Text.Json.Nodes;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class AddedTokenTests
{
    [Theory]
    // The longest at the leftmost place.
    [InlineData("""{"id":9,"content":"<x>"},{"id":10,"content":"<x>y"}""", "a<x>ya", "a|<x>y|a")]
    [InlineData("""{"id":9,"content":"<x>","lstrip":true}""", "a  <x> a", "a|<x>|_|a")]
    [InlineData("""{"id":9,"content":"<x>","rstrip":true}""", "a <x>  a", "a|_|<x>|a")]
    // Touched by a letter it does not count.
    [InlineData("""{"id":9,"content":"a","single_word":true,"normalized":false}""", "aa a", "a|a|_|A")]
    [InlineData("""{"id":9,"content":"<x>"},{"id":10,"content":"<y>","lstrip":true}""", "<x> <y>", "<x>|<y>")]
    public void Added_tokens_are_found_by_their_rules(string added, string text, string expected)
    {
        JsonObject json = TinyTokenizers.Pairs(["a", "_", "y"], []);
        json["normalizer"] = JsonNode.Parse("""{"type":"Replace","pattern":{"String":" "},"content":"_"}""");
        bool single = added.Contains("single_word", StringComparison.Ordinal);
        if (single)
            added = added.Replace("\"id\":9", "\"id\":0", StringComparison.Ordinal);
        json["added_tokens"] = JsonNode.Parse($"[{added}]");
        foreach (JsonNode? token in json["added_tokens"]!.AsArray())
            token!["normalized"] = false;
        Tokenizer tokenizer = TinyTokenizers.Read(json);
        // With the letter itself as a word, both ways give id 0; the count of tokens is what differs from none.
        Assert.Equal(expected.Replace("A", "a", StringComparison.Ordinal).Split('|'), tokenizer.Encode(text).Ids.ToArray().Select(tokenizer.TokenText));
    }

    [Fact]
    public void Normalized_tokens_are_looked_for_in_normalized_text()
    {
        JsonObject json = TinyTokenizers.Pairs(["a"], []);
        json["normalizer"] = JsonNode.Parse("""{"type":"Lowercase"}""");
        json["added_tokens"] = JsonNode.Parse("""[{"id":1,"content":"<X>","normalized":true},{"id":2,"content":"<Y>","normalized":false}]""");
        Tokenizer tokenizer = TinyTokenizers.Read(json);
        Assert.Equal([1, 0, 1, 2], tokenizer.Encode("<x>A<X><Y><y>").Ids.ToArray());
        Assert.Equal([0, 3, 4, 7], tokenizer.Encode("<x>A<X><Y><y>").Starts.ToArray());
    }

    [Fact]
    public void Special_tokens_are_written_only_when_asked()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.ByteLevel(KnownPatterns.Gpt2, ("a", "b")));
        int[] ids = tokenizer.Encode("ab<|end|>ab").Ids.ToArray();
        Assert.Equal("abab", tokenizer.Decode(ids));
        Assert.Equal("ab<|end|>ab", tokenizer.Decode(ids, specials: true));
        Assert.True(tokenizer.IsSpecial(257));
        Assert.Equal(257, tokenizer.IdOf("<|end|>"));
        Assert.Equal(258, tokenizer.Count);
    }

    [Fact]
    public void A_stream_gives_what_decoding_at_once_gives_and_holds_back_parts_of_characters()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.ByteFallback("ab▁", ("a", "b")));
        int[] ids = [.. tokenizer.Encode(" ab 😀é").Ids.ToArray(), tokenizer.IdOf("<0xE2>")!.Value, tokenizer.IdOf("a")!.Value, tokenizer.IdOf("<0xF0>")!.Value];
        StreamedText stream = tokenizer.Stream();
        string[] texts = [.. ids.Select(stream.Append), stream.Finish()];
        Assert.Equal(tokenizer.Decode(ids), string.Concat(texts));
        Assert.DoesNotContain(texts.SkipLast(4), text => text.Contains('\uFFFD', StringComparison.Ordinal));
        ArgumentOutOfRangeException fault = Assert.Throws<ArgumentOutOfRangeException>(() => stream.Append(100000));
        Assert.Contains("100000", fault.Message, StringComparison.Ordinal);
    }
}
