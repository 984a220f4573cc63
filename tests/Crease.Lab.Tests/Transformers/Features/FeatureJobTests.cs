using Crease.Models;
using Crease.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Tables of features: what is in them, and that nothing but the prompts and the model decides it.</summary>
public sealed class FeatureJobTests : IDisposable
{
    private const int Prompts = 3 * FeatureExtraction.Window / 2;

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _texts;

    public FeatureJobTests()
    {
        LibTorch.Require();
        var random = new RandomSource(4);
        _texts = [.. Enumerable.Range(0, Prompts).Select(_ => string.Concat(Enumerable.Range(0, random.Index(9)).Select(_ => "ab ba "[random.Index(6)])))];
        File.WriteAllText(_folder.At("prompts.csv"), "id,text,label\n" + string.Concat(_texts.Select((text, i) => $"p{i},{text}x,{i % 2}\n")));
        new RandomModel("llama").Write(_folder);
    }

    [Fact]
    public void Each_row_is_what_its_text_alone_would_give()
    {
        Run("whole", new ExtractionOptions());
        FeatureTable table = FeatureFile.Read(_folder.At("whole.parquet"));
        Assert.Equal((Prompts, RandomModel.Layers), (table.Count, table.Layers));
        using LanguageModel model = LanguageModel.Load(_folder.Path);
        using var alone = new SplineFeatures(model);
        foreach (int text in (int[])[0, 1, 7, FeatureExtraction.Window - 1, FeatureExtraction.Window, Prompts - 1])
        {
            int[] ids = [.. Tokens.Encode(_texts[text] + "x").Ids];
            Assert.Equal((text, ids.Length, $"p{text}"), (table.Rows[text], table.Tokens[text], table.Fields["id"][text]));
            TokenPlaces places = alone.Of(ids);
            for (int at = 0; at < table.Width; at++)
            {
                double expected = places.Features(at / LayerFeatures.Count).ToArray()[at % LayerFeatures.Count] ?? double.NaN;
                Assert.Equal(expected, table[text][at], 1e-5 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Threads_and_kills_leave_the_bytes_as_they_are()
    {
        var options = new ExtractionOptions { Layers = 2, BatchTokens = 64 };
        Run("one", options, threads: 1);
        Run("two", options, threads: 2);
        byte[] expected = File.ReadAllBytes(_folder.At("one.parquet"));
        Assert.Equal(expected, File.ReadAllBytes(_folder.At("two.parquet")));
        Assert.Equal(File.ReadAllBytes(_folder.At("one.csv")), File.ReadAllBytes(_folder.At("two.csv")));
        using (var stop = new CancellationTokenSource())
        {
            var told = new Told(found =>
            {
                if (found > FeatureExtraction.Window)
                    stop.Cancel();
            });
            var run = new RunContext { Cancellation = stop.Token, Progress = told };
            Assert.ThrowsAny<OperationCanceledException>(() => Run("killed", options, run: run));
        }
        Assert.True(new FileInfo(_folder.At("killed.parquet" + FeatureJob.LogEnding)).Length > 8L * FeatureExtraction.Window);
        string log = _folder.At("killed.parquet" + FeatureJob.LogEnding);
        using (FileStream file = File.OpenWrite(log))
        {
            // A kill in the middle of a group.
            file.Seek(0, SeekOrigin.End);
            file.Write([9, 0, 0, 0, 1, 2, 3]);
        }
        Assert.Contains("--resume", Assert.Throws<ModelException>(() => Run("killed", options)).Message);
        Assert.Contains("another model", Assert.Throws<ModelException>(() => Run("killed", options with { BatchTokens = 65 }, resumes: true)).Message);
        Run("killed", options, resumes: true);
        Assert.Equal(expected, File.ReadAllBytes(_folder.At("killed.parquet")));
        Assert.False(File.Exists(log));
    }

    [Fact]
    public void A_text_of_one_token_has_no_deviation_and_one_of_none_has_nothing()
    {
        File.WriteAllText(_folder.At("prompts.csv"), "text,row\na,7\n\"\",8\n");
        Run("short", new ExtractionOptions());
        FeatureTable table = FeatureFile.Read(_folder.At("short.parquet"));
        Assert.Equal([1, 0], table.Tokens);
        Assert.Equal(["7", "8"], table.Fields["source_row"]);
        for (int at = 0; at < table.Width; at++)
        {
            Assert.Equal(at % LayerFeatures.Count is 3 or 6, double.IsNaN(table[0][at]));
            Assert.True(double.IsNaN(table[1][at]));
        }
        string[] lines = File.ReadAllLines(_folder.At("short.csv"));
        Assert.StartsWith("row,tokens,source_row,layer1_f1,", lines[0]);
        Assert.EndsWith(new string(',', table.Width), lines[2]);
        Assert.DoesNotContain("NaN", File.ReadAllText(_folder.At("short.csv")));
    }

    [Fact]
    public void Damaged_tables_are_refused_in_one_line()
    {
        Run("whole", new ExtractionOptions { Limit = 20 });
        byte[] whole = File.ReadAllBytes(_folder.At("whole.parquet"));
        var random = new RandomSource(7);
        for (int attempt = 0; attempt < 150; attempt++)
        {
            byte[] bytes = [.. whole];
            if (attempt % 3 == 0)
                bytes = bytes[..random.Index(bytes.Length)];
            else
                bytes[attempt % 3 == 1 ? random.Index(bytes.Length) : bytes.Length - 1 - random.Index(1500)] = (byte)random.Index(256);
            File.WriteAllBytes(_folder.At("damaged.parquet"), bytes);
            try
            {
                FeatureFile.Read(_folder.At("damaged.parquet"));
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }
        }
    }

    [Fact]
    public void A_tokenizer_of_another_model_is_refused()
    {
        using LanguageModel model = LanguageModel.Load(_folder.Path);
        Tokenizer large = TinyTokenizers.Read(TinyTokenizers.Pairs(Enumerable.Range(0, RandomModel.Vocabulary + 1).Select(i => $"t{i}"), []));
        Assert.Contains("do not belong together", Assert.Throws<ArgumentException>(() => new FeatureExtraction(model, large, new ExtractionOptions())).Message);
    }

    public void Dispose() => _folder.Dispose();

    private static Tokenizer Tokens { get; } = TinyTokenizers.Read(TinyTokenizers.Pairs(["a", "b", " ", "x"], [("a", "b"), ("ab", " ")]));

    private void Run(string name, ExtractionOptions options, int threads = 2, bool resumes = false, RunContext? run = null)
    {
        using LanguageModel model = LanguageModel.Load(_folder.Path);
        using var extraction = new FeatureExtraction(model, Tokens, options);
        PromptFile prompts = PromptFile.Open(_folder.At("prompts.csv"));
        FeatureJob.Run(extraction, "tiny", model.Config, model.Precision, options, prompts, _folder.At(name + ".parquet" + FeatureJob.LogEnding), resumes, (rows, about) =>
        {
            using (FileStream file = File.Create(_folder.At(name + ".parquet")))
                FeatureWriter.WriteParquet(file, extraction.Layers, prompts.Fields, rows(), about);
            using (FileStream file = File.Create(_folder.At(name + ".csv")))
                FeatureWriter.WriteCsv(file, extraction.Layers, prompts.Fields, rows());
        }, run ?? new RunContext { Threads = threads });
    }

    private sealed class Told(Action<long> act) : IProgress<Progress>
    {
        public void Report(Progress value) => act(value.Found);
    }
}
