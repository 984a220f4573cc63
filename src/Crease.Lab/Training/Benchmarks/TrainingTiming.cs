using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Steps a second of a run of ours and of libtorch alone, in turn in one process.</summary>
public sealed record TrainingTiming
{
    /// <summary>What was trained.</summary>
    public required TrainingBenchmarkCase Case { get; init; }

    /// <summary>Steps of each block.</summary>
    public required int StepsPerBlock { get; init; }

    /// <summary>Seconds of processor time per step of each of our blocks.</summary>
    public required IReadOnlyList<double> Seconds { get; init; }

    /// <summary>The same of libtorch alone: each block follows that of the same index in <see cref="Seconds"/>.</summary>
    public required IReadOnlyList<double> PlainSeconds { get; init; }

    /// <summary>Seconds of processor time of one line of metrics: the loss on all training and test rows.</summary>
    public required double LineSeconds { get; init; }

    /// <summary>Our steps in a second of processor time.</summary>
    public double Rate => 1 / Median.Of(Seconds);

    /// <summary>Steps of libtorch alone in a second of processor time.</summary>
    public double PlainRate => 1 / Median.Of(PlainSeconds);

    /// <summary>Our rate over that of libtorch alone: median over pairs of neighboring blocks.</summary>
    public double Ratio => Median.Of(Ratios);

    /// <summary>The smallest and the largest ratio of a pair.</summary>
    public (double Smallest, double Largest) Range => (Ratios.Min(), Ratios.Max());

    /// <summary>How many steps take as long as a line of metrics.</summary>
    public double LineSteps => LineSeconds / Median.Of(Seconds);

    private IEnumerable<double> Ratios => PlainSeconds.Zip(Seconds, (plain, ours) => plain / ours);
}
