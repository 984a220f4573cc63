using System.IO.Compression;
using System.Text;
using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class PromptFileTests
{
    [Fact]
    public void Quoted_fields_hold_commas_quotes_and_line_breaks()
    {
        Prompt[] prompts = Read("a.csv", "id,text,label\r\n1,\"one, \"\"two\"\"\r\nthree\",0\n\n2,plain,1\n3,\"\",", out PromptFile file);
        Assert.Equal(["id", "label"], file.Fields);
        Assert.Equal("text", file.TextColumn);
        Assert.Equal(["one, \"two\"\r\nthree", "plain", ""], prompts.Select(prompt => prompt.Text));
        Assert.Equal([0, 1, 2], prompts.Select(prompt => prompt.Row));
        Assert.Equal(["3", ""], prompts[2].Fields);
    }

    [Fact]
    public void Any_fields_that_are_quoted_come_back()
    {
        var random = new RandomSource(2);
        for (int attempt = 0; attempt < 50; attempt++)
        {
            string[][] records = [.. Enumerable.Range(0, 1 + random.Index(6)).Select(_ => Enumerable.Range(0, 3).Select(_ => TinyTokenizers.RandomText(random, 6) + (random.Index(3) == 0 ? "\",\n" : "")).ToArray())];
            string csv = "a,text,b\n" + string.Concat(records.Select(record => string.Join(',', record.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"));
            Prompt[] prompts = Read("a.csv", csv, out _);
            Assert.Equal(records.Select(record => record[1]), prompts.Select(prompt => prompt.Text));
            Assert.Equal(records.Select(record => record[2]), prompts.Select(prompt => prompt.Fields[1]));
        }
    }

    [Fact]
    public void Objects_and_lines_are_read_packed_or_not()
    {
        const string Lines = "{\"prompt\": \"one\\ntwo\", \"score\": 0.5, \"tags\": [1, 2]}\n\n{\"score\": null, \"prompt\": \"three\", \"more\": 1}\n";
        Prompt[] prompts = Read("a.jsonl", Lines, out PromptFile file);
        Assert.Equal(["score", "tags"], file.Fields);
        Assert.Equal(["one\ntwo", "three"], prompts.Select(prompt => prompt.Text));
        Assert.Equal(["0.5", "[1, 2]", "", ""], prompts.SelectMany(prompt => prompt.Fields));
        Assert.Equal(["a", "b c"], Read("a.txt", "a\r\n\nb c", out _).Select(prompt => prompt.Text));
        using var folder = new TemporaryFolder();
        using (var packed = new GZipStream(File.Create(folder.At("a.jsonl.gz")), CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(Lines));
        Assert.Equal(prompts.Select(prompt => prompt.Text), PromptFile.Open(folder.At("a.jsonl.gz")).Read().Select(prompt => prompt.Text));
    }

    [Theory]
    [InlineData("a.csv", "", "empty")]
    [InlineData("a.csv", "a,b\n1,2", "text, prompt")]
    [InlineData("a.csv", "text,text\n1,2", "two columns")]
    [InlineData("a.csv", "text,b\n1,2\n3", "line 3")]
    [InlineData("a.csv", "text,b\n\"1,2\n3", "never closed")]
    [InlineData("a.jsonl", "[1]", "line 1")]
    [InlineData("a.jsonl", "{\"text\": 1}\n{", "line 2")]
    [InlineData("a.txt.gz", "no gzip", "")]
    [InlineData("a.doc", "text", ".jsonl")]
    public void Files_that_are_none_are_refused_in_one_line(string name, string content, string said)
    {
        ModelException fault = Assert.Throws<ModelException>(() => Read(name, content, out _));
        Assert.StartsWith(name + ": ", fault.Message);
        Assert.Contains(said, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_record_without_an_end_does_not_fill_memory()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["a.csv", "a.jsonl", "a.txt"])
        {
            File.WriteAllText(folder.At(name), (name == "a.csv" ? "text\n\"" : "") + new string('x', PromptFile.LongestRecord + 2));
            ModelException fault = Assert.Throws<ModelException>(() => PromptFile.Open(folder.At(name)).Read().Count());
            Assert.Contains("fewer are accepted", fault.Message);
        }
    }

    private static Prompt[] Read(string name, string content, out PromptFile file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At(name), content);
        file = PromptFile.Open(folder.At(name));
        return [.. file.Read()];
    }
}
