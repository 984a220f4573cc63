using Crease.Models;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>Batch normalization against the second descent of local complexity, in a convolutional network with cross-entropy as it was published.</summary>
public sealed class BatchNormalizationTests
{
    // Three times the step at which regions migrate without: what the published table calls much delayed.
    private const long Steps = 6000;

    // Spec L11, as far as steps go that can be waited for: minutes of one core.
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void A_convolutional_network_migrates_and_its_twin_with_batch_normalization_does_not_by_three_times_that_step()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        Arrival[] found = [Migration(folder.At("without"), isNormalized: false), Migration(folder.At("with"), isNormalized: true)];
        CheckOutcome outcome = SweepEffect.Of(found).Against(PublishedEffect.Prevents, found);
        Assert.True(outcome == CheckOutcome.Met, $"without: {found[0]}, with: {found[1]}");
    }

    private static Arrival Migration(string folder, bool isNormalized)
    {
        var options = new TrainingOptions
        {
            Data = new() { Data = SharedData.Path("cifar10", "cifar10_train_first4000_lossless.bin.gz"), Test = SharedData.Path("cifar10", "cifar10_test675_lossless.bin.gz") },
            Network = new() { Net = "cnn:8-8-16-16-32/64", Normalize = true, BatchNormalization = isNormalized },
            Optimizer = new() { Kind = OptimizerKind.Adam, WeightDecay = 0 },
            Steps = Steps,
            Batch = 64,
            Metrics = "log:10",
            Checkpoints = "log:36",
        };
        TrainingRun.Create(folder, options).Train();
        DataParts sets = DynamicsData.Of(options);
        var measured = new DynamicsOptions { EvaluatedSamples = 200, Samples = 150, Radius = 0.005, SlopeSamples = 0 };
        DynamicsResult found = Dynamics.Measure(CheckpointSeries.Open(folder), sets with { Test = null }, measured, null, null, RunContext.Default);
        (double[] steps, double[] complexity) = found.Curve(row => row.Train?.Complexity?.Total.Mean);
        TestContext.Current.TestOutputHelper?.WriteLine($"{(isNormalized ? "with" : "without")}: {string.Join(", ", steps.Zip(complexity, (step, value) => FormattableString.Invariant($"{step}: {value:F2}")))}; {found.Phases}");
        return Arrival.OfMigration(found.Phases!, Steps);
    }
}
