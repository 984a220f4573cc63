using System.Text;
using System.Text.Json.Nodes;
using Crease.Models;
using Crease.Tests.Corpus;
using Crease.Tests.Models;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class HostileTokenizerTests
{
    private const int Mutations = 1500;
    private const long MostBytes = 64L << 20;

    [Theory]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}}}""", "model has type 'WordPiece'; accepted are BPE, Unigram")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}}""", "model.vocab['b'] has id 0, which token 'a' has already")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":2000000000},"merges":[]}}""", "has id 2000000000; accepted are 0 to")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}}""", "has id -1")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":1.5},"merges":[]}}""", "model.vocab.a is 1.5; expected a whole number")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":["a b"]}}""", "model.merges[0] makes 'ab', which the vocabulary does not have")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"ab":1},"merges":[["a","b"]]}}""", "model.merges[0] names 'b', which the vocabulary does not have")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a"]}}""", "model.merges[0] is \"a\"; expected two tokens")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"end_of_word_suffix":"</w>"}}""", "model.end_of_word_suffix is \"</w>\"; expected null or an empty string")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}}""", "model.dropout is 0.1")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"u"}}""", "model.unk_token is \"u\"")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",-1]],"unk_id":7}}""", "model.unk_id is 7; expected an id from 0 to 0")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a"]]}}""", "model.vocab[0] is an array; expected a token and its score")]
    [InlineData("""{"model":{"vocab":{"a":0}},"added_tokens":[{"id":1,"content":"a"}]}""", "gives 'a' the id 1; the vocabulary has it as 0")]
    [InlineData("""{"model":{"vocab":{"a":0}},"added_tokens":[{"id":1,"content":""}]}""", "added_tokens[0].content has 0 characters")]
    [InlineData("""{"model":{"vocab":{"a":0}},"normalizer":{"type":"BertNormalizer"}}""", "normalizer has type 'BertNormalizer'; accepted are Prepend")]
    [InlineData("""{"model":{"vocab":{"a":0}},"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"BertPreTokenizer"}]}}""", "pre_tokenizer.pretokenizers[0] has type 'BertPreTokenizer'")]
    [InlineData("""{"model":{"vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"String":"a"},"behavior":"2"}}""", "pre_tokenizer.behavior is \"2\"; expected Removed")]
    [InlineData("""{"model":{"vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a"},"behavior":"Isolated"}}""", "pre_tokenizer.pattern.Regex: ")]
    [InlineData("""{"model":{"vocab":{"a":0}},"decoder":{"type":"WordPiece"}}""", "decoder has type 'WordPiece'")]
    [InlineData("""{"model":{"vocab":{"a":0}},"post_processor":{"type":"TemplateProcessing","single":[]}}""", "post_processor.single is an array; expected a list with the sequence A")]
    [InlineData("""{"model":{"vocab":{"a":0}},"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}}""", "precompiled_charsmap has 3 bytes")]
    [InlineData("""{"model":{"vocab":{"\ud800":0}}}""", "")]
    [InlineData("""{"model":3}""", "model is 3; expected an object")]
    [InlineData("""{}""", "model is missing; expected an object")]
    [InlineData("""[]""", "")]
    [InlineData("""{"model":""", "is not valid JSON")]
    public void Damaged_json_is_refused_in_one_line(string json, string expected)
    {
        ModelException fault = Assert.Throws<ModelException>(() => TokenizerFiles.Read(Encoding.UTF8.GetBytes(json), "tokenizer.json"));
        Assert.StartsWith("tokenizer.json: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
    }

    [Fact]
    public void A_pattern_that_steps_back_without_end_is_stopped()
    {
        JsonObject json = TinyTokenizers.Pairs(["a"], []);
        json["pre_tokenizer"] = JsonNode.Parse("""{"type":"Split","pattern":{"Regex":"(?=((a+)+)+b)a"},"behavior":"Isolated"}""");
        Tokenizer tokenizer = TinyTokenizers.Read(json);
        ModelException fault = Assert.Throws<ModelException>(() => tokenizer.Encode(new string('a', 200)));
        Assert.Contains("pre_tokenizer.pattern.Regex takes more than", fault.Message, StringComparison.Ordinal);
        // Without look-around such a pattern is linear.
        json["pre_tokenizer"]!["pattern"]!["Regex"] = "((a+)+)+b";
        Assert.Equal(200, TinyTokenizers.Read(json.DeepClone()).Encode(new string('a', 200)).Count);
    }

    [Theory]
    [InlineData(new byte[] { }, "byte 0: the longest token has 0 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 127 }, "byte 0: the longest token has 2147483647 bytes")]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 65 }, "byte 8: token 0 has 9 bytes")]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0 }, "byte 4: the file ends inside token 0")]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 65 }, "the file has 1 tokens; expected at least 259")]
    public void Damaged_llama2_files_are_refused_in_one_line(byte[] file, string expected) =>
        Assert.Contains(expected, Assert.Throws<ModelException>(() => TokenizerFiles.Read(file, "tokenizer.bin")).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_sentence_piece_models_are_refused_in_one_line()
    {
        void Refused(byte[] file, string expected) =>
            Assert.Contains(expected, Assert.Throws<ModelException>(() => TokenizerFiles.Read(file, "tokenizer.model")).Message, StringComparison.Ordinal);
        Refused([], "no token is of the type 'unknown'");
        Refused([0x0A, 200], "the file ends inside a number");
        Refused([0x0A, 100, 1], "a field of 100 bytes does not fit into the 1 that are left; the file is damaged, truncated or not a SentencePiece model");
        Refused(TinyTokenizers.Model(4, false, []), "trainer_spec.model_type is 4");
        Refused(TinyTokenizers.Model(1, false, [], ("a", float.NaN, 1)), "token 3 has score NaN");
        Refused(TinyTokenizers.Model(1, false, [], ("a", 0, 9)), "token 3 has type 9; expected 1 to 6");
        Refused(TinyTokenizers.Model(1, false, TinyTokenizers.Field(2, [255, 255, 255, 255])), "precompiled_charsmap says that its trie has 4294967295 bytes");
    }

    [Fact]
    public void Folders_and_names_say_what_they_hold()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("the folder has no tokenizer", Assert.Throws<ModelException>(() => Tokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.At("tokenizer.json"), TinyTokenizers.Pairs(["a"], []).ToJsonString());
        Assert.Equal([0], Tokenizer.Load(folder.Path).Encode("a").Ids.ToArray());
        Assert.Contains("expected .json, .model, .bin or .gguf", Assert.Throws<ModelException>(() => TokenizerFiles.Read([], "a.txt")).Message, StringComparison.Ordinal);
        Assert.Throws<ModelException>(() => Tokenizer.Load(folder.At("absent.json")));
    }

    [Fact]
    public void Mutated_files_load_or_are_refused()
    {
        JsonObject fallback = TinyTokenizers.Pairs(["a", "b", "▁"], [("a", "b"), ("▁", "ab")]);
        fallback["normalizer"] = TinyTokenizers.ByteFallback("a")["normalizer"]!.DeepClone();
        fallback["decoder"] = TinyTokenizers.ByteFallback("a")["decoder"]!.DeepClone();
        fallback["added_tokens"] = JsonNode.Parse("""[{"id":5,"content":"<s>","special":true,"lstrip":true,"normalized":true}]""");
        fallback["pre_tokenizer"] = JsonNode.Parse("""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\p{N}{1,3}| ?\\p{L}+"},"behavior":"MergedWithNext"},{"type":"Digits"},{"type":"Metaspace"}]}""");
        JsonObject unigram = TinyTokenizers.Unigram(("a", -1), ("ab", -2.5), ("é", -3));
        unigram["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Strip"}]}""");
        ForEachMutation(Encoding.UTF8.GetBytes(fallback.ToJsonString()), "tokenizer.json", Mutations);
        ForEachMutation(Encoding.UTF8.GetBytes(unigram.ToJsonString()), "tokenizer.json", Mutations);
        byte[] normalizer = TinyTokenizers.Field(2, [8, 0, 0, 0, 0, 4, 0, 0, 0x41, 1, 0, 0, 97, 0]);
        ForEachMutation(TinyTokenizers.Model(1, false, normalizer, ("▁", -1, 1), ("a", -1, 1), ("ab", -2, 4), ("b", -2, 5)), "tokenizer.model", Mutations);
        ForEachMutation(TinyTokenizers.Model(2, false, normalizer, ("▁", -1, 1), ("a", -1, 1), ("ab", -2, 5), ("b", -2, 1)), "tokenizer.model", Mutations);
    }

    [Fact]
    public void Mutated_stories_tokenizer_loads_or_is_refused() => ForEachMutation(File.ReadAllBytes(SharedData.Path("language", "tok512.bin")), "tok512.bin", Mutations / 3);

    private static void ForEachMutation(byte[] original, string file, int mutations)
    {
        Assert.True(TokenizerFiles.Read(original, file).Encode("ab é<s> 12").Count > 0);
        for (ulong seed = 1; seed <= (ulong)mutations; seed++)
        {
            byte[] bytes = seed % 2 == 0 ? ByteMutations.Mutate(original, seed) : ByteMutations.Alter(original, seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                // What loads also runs, and decodes what it encoded.
                Tokenizer tokenizer = TokenizerFiles.Read(bytes, file);
                Tokenization tokens = tokenizer.Encode([0x61, 0x62, 0x20, 0xC3, 0xA9, 0x31, 0x32, 0xFF, 0x3C, 0x73, 0x3E, 0x41, 0xF0, 0x9F, 0x98, 0x80]);
                tokenizer.Decode(tokens.Ids);
                for (int i = 0; i < tokens.Count; i++)
                    Assert.True(tokens.Starts[i] >= 0 && tokens.Starts[i] <= tokens.Ends[i] && tokens.Ends[i] <= 16, $"{file}, seed {seed}: token {i} at {tokens.Starts[i]} to {tokens.Ends[i]}");
            }
            catch (ModelException fault)
            {
                Assert.False(ReaderFaults.IsBug(fault), $"{file}, seed {seed}: {fault.InnerException}");
                Assert.True(fault.Message.Length < 400 && !fault.Message.Any(char.IsControl), $"{file}, seed {seed}: {fault.Message}");
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{file}, seed {seed}: {fault}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytes, $"{file}, seed {seed}: {allocated} bytes allocated");
        }
    }
}
