using System.Text;
using System.Text.Json;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class Llama2TokenizerTests
{
    private static Tokenizer Stories() => Tokenizer.Load(SharedData.Path("language", "tok512.bin"));

    [Fact]
    public void Ids_are_those_of_the_reference()
    {
        Tokenizer tokenizer = Stories();
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("language", "stories260K_reference.json")));
        foreach (JsonElement entry in reference.RootElement.GetProperty("cases").EnumerateArray())
        {
            int[] expected = [.. entry.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())];
            string text = entry.GetProperty("text").GetString()!;
            Assert.Equal(expected, tokenizer.Encode(text).Ids.ToArray());
            Assert.Equal(text, tokenizer.Decode(expected));
        }
        Assert.Equal(512, tokenizer.Count);
        Assert.Equal((1, 2), (tokenizer.BeginId, tokenizer.EndId));
    }

    [Fact]
    public void Any_bytes_come_back()
    {
        Tokenizer tokenizer = Stories();
        var random = new RandomSource(5);
        for (int i = 0; i < 500; i++)
        {
            byte[] bytes = TinyTokenizers.RandomBytes(random, 12);
            Assert.Equal(bytes, tokenizer.DecodeBytes(tokenizer.Encode(bytes).Ids));
        }
    }

    [Fact]
    public void Merging_is_that_of_the_reference_program()
    {
        byte[] file = File.ReadAllBytes(SharedData.Path("language", "tok512.bin"));
        Tokenizer tokenizer = TokenizerFiles.Read(file, "tok512.bin");
        var random = new RandomSource(6);
        string[] words = ["Once", " upon", " a", "time", "  ", "\n", "Lily", "ing", "é", "☃", "😀", "the", ",", ".", "\"", "x"];
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = i % 2 == 0
                ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Index(12)).Select(_ => words[random.Index(words.Length)])))
                : TinyTokenizers.RandomBytes(random, 10).Where(value => value != 0).ToArray();
            Assert.Equal(ReferenceTokens(file, bytes), tokenizer.Encode(bytes).Ids.ToArray());
        }
    }

    // run.c, step by step: characters by their leading bytes, then a full search for the best pair after each merge.
    private static int[] ReferenceTokens(byte[] file, byte[] text)
    {
        var tokens = new List<byte[]>();
        var scores = new List<float>();
        for (int at = 4; at < file.Length;)
        {
            int length = BitConverter.ToInt32(file, at + 4);
            scores.Add(BitConverter.ToSingle(file, at));
            tokens.Add(file[(at + 8)..(at + 8 + length)]);
            at += 8 + length;
        }
        int Find(byte[] sought) => tokens.FindIndex(token => token.AsSpan().SequenceEqual(sought));
        var ids = new List<int> { 1 };
        if (text.Length > 0)
            ids.Add(Find([(byte)' ']));
        var character = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if ((text[i] & 0xC0) != 0x80)
                character.Clear();
            character.Add(text[i]);
            if (i + 1 < text.Length && (text[i + 1] & 0xC0) == 0x80 && character.Count < 4)
                continue;
            int id = Find([.. character]);
            if (id >= 0)
                ids.Add(id);
            else
                ids.AddRange(character.Select(value => value + 3));
            character.Clear();
        }
        while (true)
        {
            (float best, int at, int id) = (-1e10f, -1, -1);
            for (int i = 0; i + 1 < ids.Count; i++)
            {
                int joined = Find([.. tokens[ids[i]], .. tokens[ids[i + 1]]]);
                if (joined >= 0 && scores[joined] > best)
                    (best, at, id) = (scores[joined], i, joined);
            }
            if (at < 0)
                return [.. ids];
            ids[at] = id;
            ids.RemoveAt(at + 1);
        }
    }

    [Fact]
    public void Places_cover_the_text()
    {
        const string text = "Once upon ☃ a time";
        Tokenization tokens = Stories().Encode(text);
        for (int i = 1; i < tokens.Count; i++)
            Assert.True(tokens.Starts[i] <= tokens.Ends[i] && tokens.Starts[i] <= tokens.Ends[i - 1], $"token {i}");
        Assert.Equal(text.Length, tokens.Ends[^1]);
        // The snowman has three byte tokens, all of which stand for the whole of it.
        Assert.Equal(3, Enumerable.Range(0, tokens.Count).Count(i => text[tokens.Starts[i]..tokens.Ends[i]] == "☃"));
    }
}
