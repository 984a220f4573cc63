namespace ExampleNetworks;

/// <summary>How a network is trained: AdamW, the rate falling to zero along half a cosine.</summary>
internal sealed record Schedule
{
    /// <summary>Number of steps, at least 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Points per step, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>Learning rate of the first step, more than 0.</summary>
    public double Rate { get; init; } = 0.01;

    /// <summary>Share of a weight that a step of rate 1 takes away, at least 0.</summary>
    public double WeightDecay { get; init; } = 0.1;

    public double RateAt(int step) => Rate * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
}
