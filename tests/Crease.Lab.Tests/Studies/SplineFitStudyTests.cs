using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The study <c>spline-fit</c>: counts against kinks and plain loops, and a folder that survives.</summary>
public sealed class SplineFitStudyTests : IDisposable
{
    private static readonly SplineFitOptions Small = new() { Units = [12, 40], Heads = [1, 3], Contexts = [4, 9], Gates = 15, Bins = 80, Finer = 3, Repeats = 2, Steps = 60, Batch = 40 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Spec A2.2: along a line the count is one more than the number of different kinks inside it.
    [Fact]
    public void A_perceptron_has_one_region_more_than_kinks_and_learns_its_curve()
    {
        LibTorch.Require();
        CurveFit fit = CurveFitter.Of(Small with { Steps = 2000, Bins = 400, Batch = 100 }, 60, 0, 0, 0, RunContext.Default);
        Assert.True(fit.Errors[1] < 0.15 && fit.Errors[1] < fit.Errors[0] / 4, $"{fit.Errors[0]} to {fit.Errors[1]}");
        Assert.Equal(fit.Creases.Length + 1, fit.Regions[1]);
        Assert.InRange(fit.Regions[1], 2, 61);
        using var training = new CurveTraining(new CurvePerceptron(60), Math.Sin, 0);
        double[][] weights = training.Weights();
        double[] kinks = [.. Enumerable.Range(0, 60).Select(unit => -weights[1][unit] / weights[0][unit]).Where(kink => Math.Abs(kink) < 2 * Math.PI).Distinct()];
        Assert.Equal(kinks.Length + 1, fit.Regions[0]);
        Assert.Equal(kinks.Length, fit.Crossings[0]);
    }

    [Fact]
    public void A_transformer_computes_what_plain_loops_over_tokens_do()
    {
        LibTorch.Require();
        const int Heads = 3, Context = 7, Gates = 11, Width = CurveTransformer.TokenWidth, Head = CurveTransformer.HeadWidth;
        var model = new CurveTransformer(Heads, Context, Gates) { Step = 0.1 };
        using var training = new CurveTraining(model, Math.Sin, 5);
        double[][] w = training.Weights();
        double[] places = [-3, 0.2, 1.9];
        (double[] outputs, bool[][] codes) = training.At(places);
        for (int place = 0; place < places.Length; place++)
        {
            double[][] tokens = [.. Enumerable.Range(0, Context).Select(j => Enumerable.Range(0, Width).Select(i => Math.Sin(places[place] - (Context - j) * 0.1) * w[0][i] + w[1][j * Width + i]).ToArray())];
            double[] middle = [.. tokens[^1]];
            for (int head = 0; head < Heads; head++)
            {
                double[] Part(int tensor, double[] token) => [.. Enumerable.Range(0, Head).Select(row => Enumerable.Range(0, Width).Sum(i => w[tensor][(head * Head + row) * Width + i] * token[i]))];
                double[] query = Part(2, tokens[^1]);
                double[] scores = [.. tokens.Select(token => Math.Exp(Part(3, token).Zip(query, (a, b) => a * b).Sum() / Math.Sqrt(Head)))];
                double[] mixed = [.. Enumerable.Range(0, Head).Select(row => Enumerable.Range(0, Context).Sum(j => scores[j] / scores.Sum() * Part(4, tokens[j])[row]))];
                for (int i = 0; i < Width; i++)
                    middle[i] += Enumerable.Range(0, Head).Sum(row => w[5][i * Heads * Head + head * Head + row] * mixed[row]);
            }
            double[] gates = [.. Enumerable.Range(0, Gates).Select(gate => w[7][gate] + Enumerable.Range(0, Width).Sum(i => w[6][gate * Width + i] * middle[i]))];
            double[] top = [.. Enumerable.Range(0, Width).Select(i => middle[i] + Enumerable.Range(0, Gates).Sum(gate => w[8][i * Gates + gate] * Math.Max(0, gates[gate])))];
            Assert.Equal(w[10][0] + Enumerable.Range(0, Width).Sum(i => w[9][i] * top[i]), outputs[place], 1e-10);
            Assert.Equal(gates.Select(gate => gate > 0), codes[place]);
        }
    }

    [Fact]
    public void A_transformer_learns_the_next_value()
    {
        LibTorch.Require();
        CurveFit fit = CurveFitter.Of(Small with { Steps = 400, Bins = 300, Batch = 100 }, 30, 2, 8, 1, RunContext.Default);
        Assert.True(fit.Errors[1] < 0.1 && fit.Errors[1] < fit.Errors[0] / 4, $"{fit.Errors[0]} to {fit.Errors[1]}");
        Assert.Equal(fit.Creases.Length + 1, fit.Regions[1]);
        Assert.True(fit.Crossings[1] >= fit.Creases.Length);
    }

    [Fact]
    public void A_study_that_is_ended_makes_only_what_is_missing_and_the_same_bytes()
    {
        LibTorch.Require();
        string whole = Report("whole", RunContext.Default with { Threads = 1 });
        using var ended = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new SplineFitStudy().Run(Small, _folder.At("ended"), RunContext.Default with { Threads = 2, Cancellation = ended.Token }, progress =>
        {
            if (progress.Done == 4)
                ended.Cancel();
        }));
        string[] kept = Directory.GetFiles(_folder.At("ended/fits"));
        Assert.InRange(kept.Length, 4, 6);
        DateTime[] written = [.. kept.Select(File.GetLastWriteTimeUtc)];
        // A file that a disk has damaged is made again.
        File.WriteAllBytes(kept[0], File.ReadAllBytes(kept[0])[..^20]);
        Assert.Equal(whole, Report("ended", RunContext.Default with { Threads = 2 }));
        Assert.Equal(written[1..], kept[1..].Select(File.GetLastWriteTimeUtc));
        Assert.Equal(12, Directory.GetFiles(_folder.At("ended/fits")).Length);
        Assert.NotEqual(whole, Report("other", RunContext.Default with { Seed = 1 }));
    }

    [Fact]
    public void The_report_has_a_figure_of_each_kind_and_its_bounds_hold()
    {
        LibTorch.Require();
        StudyReport report = new SplineFitStudy().Run(Small, _folder.At("report"), RunContext.Default);
        Assert.Equal(["perceptron-12", "perceptron-40", "transformer-1-4", "transformer-1-9", "transformer-3-4", "transformer-3-9", "heads-and-context"], report.Figures.Select(figure => figure.Name));
        Assert.Equal(5, report.Checks.Length);
        Assert.Equal(CheckOutcome.Met, report.Checks[0].Outcome);
        Assert.Equal(6, report.Tables[0].Rows.Length);
        Assert.Equal(12, report.Tables[1].Rows.Length);
    }

    [Theory]
    [InlineData("tan", 12, 1, 60, "curve is 'tan'; expected sin, chirp, sawtooth, bumps")]
    [InlineData("sin", 0, 1, 60, "units is 0; expected different whole numbers from 1 to 10000")]
    [InlineData("sin", 12.5, 1, 60, "units is 12.5")]
    [InlineData("sin", 12, 300, 60, "heads is 300")]
    [InlineData("sin", 12, 1, 0, "steps is 0; expected 1 to 10000000")]
    public void Options_out_of_range_are_refused_by_name(string curve, double units, double heads, int steps, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new SplineFitStudy().Run(Small with { Curve = curve, Units = [units], Heads = [heads], Steps = steps }, _folder.At("x"), RunContext.Default)).Message, StringComparison.Ordinal);

    private string Report(string folder, RunContext run)
    {
        ReportFolder.Write(new SplineFitStudy().Run(Small, _folder.At(folder), run), _folder.At(folder), "test");
        return string.Concat(Directory.GetFiles(_folder.At(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(_folder.At(folder), file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}\n"));
    }
}
