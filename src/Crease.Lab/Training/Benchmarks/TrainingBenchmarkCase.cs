namespace Crease.Lab;

/// <summary>One network, data set and optimizer whose steps are timed.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Options">What is trained; steps, metrics and checkpoints are set by the benchmark.</param>
public sealed record TrainingBenchmarkCase(string Name, TrainingOptions Options)
{
    /// <summary>The cases, from the smallest step to the largest.</summary>
    public static IReadOnlyList<TrainingBenchmarkCase> All { get; } =
    [
        new("mlp2-adamw", Of("synthetic:moons,samples=1000", "2-64-64-2", 50)),
        new("mlp2-sgd", Of("synthetic:moons,samples=1000", "2-64-64-2", 50) with { Optimizer = new() { Kind = OptimizerKind.Sgd, Rate = 1e-3, WeightDecay = 0, Momentum = 0.9 } }),
        new("mlp784-f32", Of(Clouds(784, 1000), "784-200-200-200-10", 200) with { Loss = Loss.MeanSquaredError }),
        new("mlp784-f64", Of(Clouds(784, 1000), "784-200-200-200-10", 200) with { Loss = Loss.MeanSquaredError, Precision = Precision.Bits64 }),
        new("cnn28", Of(Clouds(784, 1000), "cnn:16-32/64", 64)),
        new("resnet32", Of(Clouds(3072, 400), "resnet18:8", 16)),
        new("cnn32-large", Of(Clouds(3072, 1000), "cnn:8-8-16-16-32/64", 256)),
        new("resnet32-large", Of(Clouds(3072, 400), "resnet18:16", 128)),
    ];

    private static TrainingOptions Of(string data, string net, int batch) => new()
    {
        Data = new() { Data = data },
        Network = new() { Net = net },
        Optimizer = new() { Rate = 1e-4 },
        Batch = batch,
    };

    private static string Clouds(int inputs, int samples) => FormattableString.Invariant($"synthetic:blobs,inputs={inputs},clouds=10,noise=0.5,samples={samples}");
}
