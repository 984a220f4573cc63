using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The study <c>tradeoff</c>: laws of its numbers, and a folder that survives.</summary>
public sealed class TradeoffStudyTests : IDisposable
{
    private static readonly TradeoffOptions Small = new()
    {
        Data = "synthetic:moons,samples=300,noise=0.1",
        Samples = 200,
        Width = 10,
        Steps = 120,
        Batch = 40,
        Rate = 0.01,
        Noises = [0.3],
        WeightDecays = [1],
        Adversarial = [0.2],
        AdversarialSteps = 3,
        Epsilons = [0, 0.1, 0.3],
        Epsilon = 0.1,
        AttackSteps = 10,
        TestSamples = 40,
        SmoothingSamples = 10,
        Draws = 1000,
        Radii = [0, 0.2],
        Repeats = 1,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Curves_fall_proofs_stay_below_attacks_and_a_second_call_measures_nothing()
    {
        LibTorch.Require();
        string folder = _folder.At("study");
        StudyReport report = new TradeoffStudy().Run(Small, folder, new RunContext { Threads = 1 });
        Assert.Equal(["accuracy-robustness", "epsilon", "smoothing"], report.Figures.Select(figure => figure.Name));
        ReportTable networks = report.Tables.Single(table => table.Name == "networks");
        Assert.Equal(4 * 3, networks.Rows.Length);
        foreach (var rows in networks.Rows.GroupBy(row => row[0]))
        {
            double[][] numbers = [.. rows.Select(row => row.Skip(3).Take(5).Select(value => (double)value!).ToArray())];
            // ε, accuracy, under attack, CROWN, intervals.
            Assert.All(numbers, row => Assert.True(row[4] <= row[3] && row[3] <= row[2] && row[2] <= row[1], string.Join(' ', row)));
            Assert.Equal(numbers[0][1], numbers[0][2]);
            Assert.All(numbers.Zip(numbers.Skip(1)), pair => Assert.True(pair.Second[3] <= pair.First[3]));
        }
        Assert.Equal(CheckOutcome.Met, report.Checks[0].Outcome);
        ReportFolder.Write(report, folder, "0");
        Assert.All(new[] { "accuracy-robustness", "epsilon" }, name => Assert.StartsWith("Masking audit at ε = ", AuditedFigure.LineOf(File.ReadAllText(Path.Combine(folder, "figures", name + ".svg"))), StringComparison.Ordinal));
        string[] Bytes() => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => file + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))];
        string[] before = Bytes();
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "measures", "noise-0.3-0.json"));
        // What is missing or damaged is made again; threads do not matter.
        File.WriteAllText(Path.Combine(folder, "measures", "plain-0-0.json"), "{");
        File.Delete(Path.Combine(folder, "measures", "weight-decay-1-0.json"));
        ReportFolder.Write(new TradeoffStudy().Run(Small, folder, new RunContext { Threads = 3 }), folder, "0");
        Assert.Equal(before, Bytes());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "measures", "noise-0.3-0.json")));
        Assert.Contains("other options", Assert.Throws<TrainingException>(() => new TradeoffStudy().Run(Small with { Steps = 130 }, folder, RunContext.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_factors_or_smoothing_the_plain_networks_stand_alone()
    {
        LibTorch.Require();
        TradeoffOptions plain = Small with { Noises = [], WeightDecays = [], Adversarial = [], SmoothingSamples = 0, Repeats = 2, Steps = 30 };
        StudyReport report = new TradeoffStudy().Run(plain, _folder.At("plain"), RunContext.Default);
        Assert.Single(report.Tables.Single(table => table.Name == "means").Rows);
        Assert.Single(report.Checks);
        ReportFolder.Write(report, _folder.At("plain"), "0");
        Assert.DoesNotContain("NaN", File.ReadAllText(_folder.At("plain/report.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_radii_nothing_is_smoothed()
    {
        LibTorch.Require();
        TradeoffOptions bare = Small with { WeightDecays = [], Adversarial = [], Radii = [], Steps = 30 };
        StudyReport report = new TradeoffStudy().Run(bare, _folder.At("bare"), RunContext.Default);
        Assert.Equal(["accuracy-robustness", "epsilon"], report.Figures.Select(figure => figure.Name));
        Assert.Single(report.Checks);
        Assert.Contains("; 0 are certified in L2", report.Introduction, StringComparison.Ordinal);
        ReportTable means = report.Tables.Single(table => table.Name == "means");
        int smoothed = means.Columns.ToList().FindIndex(column => column.Name.StartsWith("smoothed", StringComparison.Ordinal));
        Assert.Equal([null, null], means.Rows.Select(row => row[smoothed]));
        ReportFolder.Write(report, _folder.At("bare"), "0");
    }
}
