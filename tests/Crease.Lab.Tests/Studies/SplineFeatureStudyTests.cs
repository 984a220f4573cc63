using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The study <c>spline-features</c> on a few short texts: its report is made, a kill at any byte costs one group, and the bytes are the same.</summary>
public sealed class SplineFeatureStudyTests : IDisposable
{
    // Three sources of 90 texts: with groups of 128, the log has a whole group before the last one.
    private const int OfEach = 45;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_that_is_ended_at_any_byte_goes_on_to_the_same_report()
    {
        LibTorch.Require();
        SplineFeatureOptions options = Options();
        string whole = Report(options, "whole", RunContext.Default with { Threads = 1 });
        byte[] log = File.ReadAllBytes(_folder.At("whole/features.log"));

        using var ended = new CancellationTokenSource();
        long heard = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => new SplineFeatureStudy().Run(options, _folder.At("ended"), RunContext.Default with { Threads = 2, Cancellation = ended.Token }, progress =>
        {
            heard = Math.Max(heard, progress.Done);
            if (progress.Done > FeatureExtraction.Window)
                ended.Cancel();
        }));
        Assert.InRange(heard, FeatureExtraction.Window + 1L, 4L * OfEach);
        long kept = new FileInfo(_folder.At("ended/features.log")).Length;
        Assert.InRange(kept, log.Length / 3, log.Length - 1);
        Assert.Equal(whole, Report(options, "ended", RunContext.Default with { Threads = 2 }));
        Assert.Equal(log, File.ReadAllBytes(_folder.At("ended/features.log")));

        foreach (long cut in (long[])[0, 3, 40, kept - 1, kept, kept + 9, log.Length - 1])
        {
            Directory.CreateDirectory(_folder.At($"cut{cut}"));
            File.WriteAllBytes(_folder.At($"cut{cut}/features.log"), log[..(int)cut]);
            var study = new SplineFeatureStudy();
            var measured = new List<long>();
            using var enough = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => study.Run(options, _folder.At($"cut{cut}"), RunContext.Default with { Threads = 2, Cancellation = enough.Token }, progress =>
            {
                if (progress.Part == "features")
                    measured.Add(progress.Done);
                else
                    enough.Cancel();
            }));
            Assert.Equal(log, File.ReadAllBytes(_folder.At($"cut{cut}/features.log")));
            Assert.True(measured.Min() > (cut >= kept ? FeatureExtraction.Window : 0), $"cut at {cut}: {measured.Min()}");
        }
    }

    [Fact]
    public void Claims_controls_and_tables_are_all_there()
    {
        LibTorch.Require();
        StudyReport report = new SplineFeatureStudy().Run(Options(), _folder.At("report"), RunContext.Default);
        Assert.Equal(6, report.Checks.Length);
        ReportTable headlines = report.Tables[0], texts = report.Tables[1];
        Assert.Equal(["clean texts", "probe", "spline features", "tokens", "characters", "words", "source", "shuffled labels"], headlines.Columns.Select(column => column.Name));
        Assert.Equal(9, headlines.Rows.Length);
        Assert.All(headlines.Rows, row => Assert.DoesNotContain("NaN", string.Join(' ', row), StringComparison.Ordinal));
        Assert.Equal([("Wikipedia talk", OfEach, OfEach), ("encyclopedia", 0, OfEach), ("arithmetic", 0, OfEach)], texts.Rows.Select(row => ((string)row[0]!, (int)row[1]!, (int)row[2]!)));
        Assert.Contains(report.Caveats, caveat => caveat.Contains("small model", StringComparison.Ordinal));
        // Words that tell all are found by the bag of words, whatever the features see.
        Assert.Equal(["1.000", "1.000", "1.000"], headlines.Rows.Where(row => (string)row[1]! == "logistic").Select(row => ((string)row[5]!)[..5]));
    }

    [Fact]
    public void A_folder_of_other_texts_or_lengths_is_refused()
    {
        LibTorch.Require();
        SplineFeatureOptions options = Options();
        Report(options, "report", RunContext.Default);
        foreach (SplineFeatureOptions other in (SplineFeatureOptions[])[options with { Tokens = 9 }, options with { Texts = 30 }])
        {
            TrainingException fault = Assert.Throws<TrainingException>(() => new SplineFeatureStudy().Run(other, _folder.At("report"), RunContext.Default));
            Assert.Contains("features.log holds the features of another model, tokenizer, choice or length of texts", fault.Message, StringComparison.Ordinal);
        }
    }

    private string Report(SplineFeatureOptions options, string folder, RunContext run)
    {
        StudyReport report = new SplineFeatureStudy().Run(options, _folder.At(folder), run);
        ReportFolder.Write(report, _folder.At(folder), "test");
        return string.Concat(Directory.GetFiles(_folder.At(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(_folder.At(folder), file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}\n"));
    }

    private SplineFeatureOptions Options()
    {
        Directory.CreateDirectory(_folder.At("data/toxicity"));
        Directory.CreateDirectory(_folder.At("data/safe"));
        var random = new RandomSource(5);
        string Words(string first) => string.Join(' ', Enumerable.Range(0, 14).Select(place => place == 2 ? first : ((string[])["the", "sun", "went", "home", "and", "a", "small", "bird", "sat", "there"])[random.Index(10)]));
        File.WriteAllText(_folder.At("data/toxicity/wikipedia_talk_toxicity_test.csv"), "rev_id,comment,toxic\n" + string.Concat(Enumerable.Range(0, 2 * OfEach).Select(i => $"{i},{Words(i % 2 == 0 ? "awful" : "lovely")},{i % 2 == 0}\n")));
        File.WriteAllText(_folder.At("data/safe/wikitext2_test.txt"), " = Heading = \n" + string.Concat(Enumerable.Range(0, OfEach).Select(_ => $" {Words("lovely")} {Words("lovely")} \n")));
        File.WriteAllText(_folder.At("data/safe/gsm8k_test.jsonl"), string.Concat(Enumerable.Range(0, OfEach).Select(i => $"{{\"question\": \"{Words("lovely")} {i}?\"}}\n")));
        return new SplineFeatureOptions { Model = SharedData.Path("language/stories260K.bin"), Tokenizer = SharedData.Path("language/tok512.bin"), Data = _folder.At("data"), Texts = 60, Tokens = 12, Repeats = 2, Trees = 5 };
    }
}
