using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The study <c>double-descent</c>: where the peak is, what removes it, and a folder that survives.</summary>
public sealed class DoubleDescentStudyTests : IDisposable
{
    private static readonly DoubleDescentOptions Small = new() { Samples = 80, TestSamples = 400, Repeats = 2, Ratios = [0.2, 0.5, 0.9, 1, 1.1, 2, 10], SampleSizes = [40, 80, 160], GaussianDraws = 20, Hidden = [] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_error_peaks_at_the_threshold_and_falls_below_the_best_smaller_model()
    {
        LibTorch.Require();
        StudyReport report = Run(new DoubleDescentOptions { Samples = 200, Repeats = 2, SampleSizes = [], GaussianDraws = 0, Hidden = [] }, "peak");
        Assert.Equal(14, report.Checks.Length);
        // The norms of ReLU features waver at so few rows and seeds; at n = 1,000 they are held to the law.
        Assert.All(report.Checks.Where(check => check.Claim != "ReLU features: norm of the coefficients"), check => Assert.True(check.Outcome == CheckOutcome.Met, $"{check.Claim}: {check.Found}"));
    }

    // About ten minutes of two cores.
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void A_thousand_digits_give_the_reference_rows()
    {
        LibTorch.Require();
        var asked = (DoubleDescentOptions)new DoubleDescentStudy().Preset("mnist");
        StudyReport report = Run(asked with { Data = SharedData.Path("mnist") + "/", SampleSizes = [], GaussianDraws = 0, Hidden = [] }, "mnist");
        Assert.Equal(16, report.Checks.Length);
        // The reference rows of ReLU features come from two draws only.
        Assert.All(report.Checks.Where(check => check.Claim != "ReLU features: reference rows of MNIST"), check => Assert.True(check.Outcome == CheckOutcome.Met, $"{check.Claim}: {check.Found}"));
    }

    [Fact]
    public void Networks_start_from_smaller_ones_below_the_threshold_and_a_second_call_trains_nothing()
    {
        LibTorch.Require();
        DoubleDescentOptions asked = Small with { Features = [], Ratios = [], SampleSizes = [], GaussianDraws = 0, Hidden = [2, 5, 40], Epochs = 3, Batch = 40, WeightReuse = true };
        StudyReport report = Run(asked, "networks");
        Assert.Equal(["networks", "epochs"], report.Figures.Select(figure => figure.Name));
        Assert.Equal([160L, 385, 3010], report.Tables.Single(table => table.Name == "networks").Rows.Select(row => (long)row[2]!));
        float[] Biases(int hidden, string state) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Crease.Models.SafetensorsFile.Load(_folder.At($"networks/runs-reused/hidden-{hidden}-0/{state}"))["dense1.bias"].Data.Span).ToArray();
        string first = new RunFolder("").Checkpoint(0);
        Assert.Equal(Biases(2, "state.safetensors"), Biases(5, first)[..2]);
        Assert.Equal(new float[3], Biases(5, first)[2..]);
        Assert.NotEqual(Biases(5, "state.safetensors"), Biases(40, first)[..5]);
        DateTime written = File.GetLastWriteTimeUtc(_folder.At("networks/runs-reused/hidden-5-0/state.safetensors"));
        Assert.Equal(report.Tables[0].Rows.SelectMany(row => row), Run(asked, "networks").Tables[0].Rows.SelectMany(row => row));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder.At("networks/runs-reused/hidden-5-0/state.safetensors")));
    }

    [Fact]
    public void What_is_found_at_one_size_does_not_depend_on_the_others()
    {
        LibTorch.Require();
        StudyReport many = Run(Small with { GaussianDraws = 0 }, "many"), one = Run(Small with { GaussianDraws = 0, Ratios = [1.1], SampleSizes = [] }, "one");
        object?[][] Rows(StudyReport report) => [.. report.Tables.Single(table => table.Name == "feature-models").Rows.Where(row => (int)row[1]! == 80 && (int)row[2]! == 88).Select(row => row.ToArray())];
        Assert.Equal(4, Rows(one).Length);
        Assert.Equal(Rows(one), Rows(many));
    }

    [Fact]
    public void Features_of_a_draw_are_the_first_of_a_larger_one()
    {
        LibTorch.Require();
        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        TorchSharp.torch.Tensor inputs = RandomFeatures.Kept([.. Enumerable.Range(0, 12).Select(i => 0.1 * i)], 3, 4);
        Assert.All(Enum.GetValues<FeatureKind>(), kind =>
        {
            using RandomFeatures few = new(kind, 4, 3, 2, 5), more = new(kind, 4, 9, 2, 5);
            Assert.Equal(few.Of(inputs).data<double>().ToArray(), more.Of(inputs).narrow(1, 0, 3).contiguous().data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
        });
    }

    [Fact]
    public void Label_noise_makes_the_far_side_worse_and_is_learned_all_the_same()
    {
        LibTorch.Require();
        DoubleDescentOptions far = Small with { Features = ["fourier"], Ratios = [10], SampleSizes = [], GaussianDraws = 0, Ridges = [], Cutoffs = [] };
        object?[] clean = [.. Run(far, "clean").Tables[0].Rows[0]], noisy = [.. Run(far with { LabelNoise = 0.2 }, "noisy").Tables[0].Rows[0]];
        Assert.True((double)noisy[3]! > (double)clean[3]! + 0.02);
        Assert.Equal(0.0, noisy[4]);
    }

    [Fact]
    public void A_study_that_is_ended_makes_only_what_is_missing_and_the_same_bytes()
    {
        LibTorch.Require();
        string whole = Report("whole", RunContext.Default with { Threads = 1 });
        using var ended = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new DoubleDescentStudy().Run(Small, _folder.At("ended"), RunContext.Default with { Threads = 2, Cancellation = ended.Token }, progress =>
        {
            if (progress.Done == 7)
                ended.Cancel();
        }));
        string[] kept = Directory.GetFiles(_folder.At("ended/measures"));
        Assert.InRange(kept.Length, 7, 10);
        File.WriteAllBytes(kept[0], File.ReadAllBytes(kept[0])[..^20]);
        Assert.Equal(whole, Report("ended", RunContext.Default with { Threads = 2 }));
        Assert.NotEqual(whole, Report("other", RunContext.Default with { Seed = 1 }));
    }

    [Theory]
    [InlineData("samples is 1; expected 2 to 20000")]
    [InlineData("features holds 'wavelets'; expected fourier or relu")]
    [InlineData("ratios is 2,1; expected numbers above 0, ascending")]
    [InlineData("label-noise is 2; expected 0 to 1")]
    [InlineData("a cutoff is 1; expected numbers in [0, 1)")]
    [InlineData("sigma is 0; expected a number above 0")]
    public void Options_out_of_range_are_refused_by_name(string says)
    {
        DoubleDescentOptions wrong = Small with { Samples = 1, Features = ["wavelets"], Ratios = [2, 1], LabelNoise = 2, Cutoff = 1, Sigma = 0 };
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Run(wrong, "x")).Message, StringComparison.Ordinal);
    }

    private StudyReport Run(DoubleDescentOptions options, string folder) => new DoubleDescentStudy().Run(options, _folder.At(folder), RunContext.Default);

    private string Report(string folder, RunContext run)
    {
        ReportFolder.Write(new DoubleDescentStudy().Run(Small, _folder.At(folder), run), _folder.At(folder), "test");
        return string.Concat(Directory.GetFiles(_folder.At(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(_folder.At(folder), file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}\n"));
    }
}
