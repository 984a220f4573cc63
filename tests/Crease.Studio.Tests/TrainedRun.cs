using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>A run of the moons that was trained before the server of a test starts to look at it.</summary>
internal static class TrainedRun
{
    public static TrainingOptions Options { get; } = new()
    {
        Data = new() { Data = "synthetic:moons,samples=200,noise=0.1", Samples = 120 },
        Network = new() { Net = "2-8-8-2" },
        Optimizer = new() { Rate = 1e-2, WeightDecay = 0 },
        Steps = 200,
        Batch = 20,
        Metrics = "every:20",
        Checkpoints = "every:50",
    };

    /// <summary>A run on pixels, which is attacked.</summary>
    public static TrainingOptions Digits { get; } = Options with { Data = new() { Data = "example:digits", Samples = 80 }, Network = new() { Net = "64-16-10" }, Steps = 120, Checkpoints = "every:30" };

    /// <summary>Trains it, or skips the test where there is no libtorch.</summary>
    public static void In(string folder, TrainingOptions options)
    {
        LibTorch.Require();
        if (!RunSummary.IsRun(folder))
            TrainingRun.Create(folder, options).Train();
    }
}
