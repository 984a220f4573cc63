using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>What the benchmark compares is the same training, done in two ways.</summary>
public sealed class TrainingBenchmarkTests
{
    public static TheoryData<string> Names => [.. TrainingBenchmarkCase.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_ways_have_the_same_losses(string name)
    {
        LibTorch.Require();
        TrainingOptions options = TrainingBenchmarkCase.All.Single(item => item.Name == name).Options;
        options = options with { Data = options.Data with { Samples = 16 }, Batch = 0, Precision = Precision.Bits64, Optimizer = options.Optimizer with { Rate = 1e-2 } };
        DataParts sets = TrainingSource.Load(options.Data, options.Network.Architecture().TakesImages, options.Seed);
        using var ours = new TrainingLoop(options, sets);
        using var plain = new PlainTraining(options, sets);
        plain.Start(ours.Plan.Draw(options.Seed));
        var losses = new List<double>();
        for (int step = 0; step < 6; step++)
        {
            losses.Add(ours.Step(step, wantsNorm: false).Loss);
            Assert.Equal(losses[^1], plain.Step(readsLoss: true), 1e-9 * losses[0]);
        }
        Assert.True(losses[^1] < losses[0], string.Join(", ", losses));
    }

    [Fact]
    public void Blocks_of_both_come_in_pairs()
    {
        LibTorch.Require();
        TrainingTiming timing = TrainingBenchmark.Time(TrainingBenchmarkCase.All[0], 2, RunContext.Default);
        Assert.Equal((2, 2), (timing.Seconds.Count, timing.PlainSeconds.Count));
        Assert.All(timing.Seconds.Concat(timing.PlainSeconds), seconds => Assert.True(seconds > 0));
        Assert.InRange(timing.Ratio, timing.Range.Smallest, timing.Range.Largest);
    }
}
