using System.Text.Json.Nodes;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class UnigramTests
{
    [Fact]
    public void Viterbi_finds_the_best_of_all_splits()
    {
        var random = new RandomSource(21);
        for (int trial = 0; trial < 100; trial++)
        {
            var pieces = new Dictionary<string, double>();
            for (int i = 0; i < 12; i++)
                pieces.TryAdd(string.Concat(Enumerable.Range(0, 1 + random.Index(4)).Select(_ => "abc"[random.Index(3)])), -10 * random.Uniform());
            Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.Unigram([.. pieces.Select(piece => (piece.Key, piece.Value))]));
            for (int i = 0; i < 10; i++)
            {
                string word = string.Concat(Enumerable.Range(0, 1 + random.Index(9)).Select(_ => "abcx"[random.Index(4)]));
                Tokenization tokens = tokenizer.Encode(word);
                double unknown = pieces.Values.Min() - 10, sum = 0;
                for (int token = 0; token < tokens.Count; token++)
                {
                    string part = word[tokens.Starts[token]..tokens.Ends[token]];
                    sum += tokens.Ids[token] == 0 ? part.Length * unknown : pieces[part];
                }
                Assert.Equal(Best(word, pieces, unknown), sum, 1e-9);
            }
        }
    }

    private static double Best(string word, Dictionary<string, double> pieces, double unknown) => word.Length == 0
        ? 0
        : Enumerable.Range(1, word.Length).Max(length => (pieces.TryGetValue(word[..length], out double score) ? score : length == 1 ? unknown : double.NegativeInfinity) + Best(word[length..], pieces, unknown));

    [Fact]
    public void Neighbouring_unknown_characters_are_one_token()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.Unigram(("a", -1), ("ab", -1.5)));
        Tokenization tokens = tokenizer.Encode("a😀xab");
        Assert.Equal([1, 0, 2], tokens.Ids.ToArray());
        Assert.Equal([0, 1, 4], tokens.Starts.ToArray());
        Assert.Equal(0, tokenizer.UnknownId);
    }

    [Fact]
    public void Without_a_decoder_tokens_are_joined_by_spaces()
    {
        Tokenizer tokenizer = TinyTokenizers.Read(TinyTokenizers.Unigram(("a", -1), ("b", -1)));
        Assert.Equal("a b a", tokenizer.Decode(tokenizer.Encode("aba").Ids));
    }

    [Fact]
    public void T5_style_files_mark_spaces_and_end_the_text()
    {
        JsonObject json = TinyTokenizers.Unigram(("</s>", 0), ("▁", -3), ("▁a", -1), ("b", -2), ("ab", -2));
        json["pre_tokenizer"] = JsonNode.Parse("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"}""");
        json["decoder"] = JsonNode.Parse("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"}""");
        json["post_processor"] = JsonNode.Parse("""{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],"special_tokens":{"</s>":{"id":"</s>","ids":[1],"tokens":["</s>"]}}}""");
        json["added_tokens"] = JsonNode.Parse("""[{"id":1,"content":"</s>","special":true}]""");
        Tokenizer tokenizer = TinyTokenizers.Read(json);
        // "▁ab": ▁a b is -3, ▁ ab is -5.
        Tokenization tokens = tokenizer.Encode("ab a");
        Assert.Equal(["▁a", "b", "▁a", "</s>"], tokens.Ids.ToArray().Select(tokenizer.TokenText));
        Assert.Equal([0, 1, 2, 4], tokens.Starts.ToArray());
        Assert.Equal("ab a", tokenizer.Decode(tokens.Ids));
        Assert.Equal(1, tokenizer.EndId);
    }
}
