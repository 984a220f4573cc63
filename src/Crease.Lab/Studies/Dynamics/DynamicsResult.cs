using System.Collections.Immutable;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Geometry, accuracy and robustness of a series of networks, and the phases found in them.</summary>
public sealed class DynamicsResult
{
    internal DynamicsResult(CheckpointSeries series, DynamicsOptions options, double low, double high, IReadOnlyList<DynamicsRow> rows, double seconds)
    {
        (Series, Options, Low, High, Rows) = (series, options, low, high, rows);
        Cost = new Cost(seconds, 0, GC.GetTotalMemory(false));
        Phases = PhasesOf();
        Generalization = Delay(row => row.Test?.Accuracy);
        Robustness = [.. options.Epsilons.Select((_, e) => Delay(row => row.Robustness?.Accuracy[e]))];
        ZeroGradientShare = Rows.Max(row => row.Robustness?.ZeroGradientShare);
    }

    /// <summary>What rows say that were measured so far.</summary>
    /// <param name="series">Where the networks came from.</param>
    /// <param name="options">What was measured.</param>
    /// <param name="range">Box of the data.</param>
    /// <param name="rows">Rows of some of the networks, steps ascending; may be empty.</param>
    public static DynamicsResult Of(CheckpointSeries series, DynamicsOptions options, DataRange range, IReadOnlyList<DynamicsRow> rows) => new(series, options, range.Low, range.High, rows, 0);

    /// <summary>Where the networks came from.</summary>
    public CheckpointSeries Series { get; }

    /// <summary>What was measured.</summary>
    public DynamicsOptions Options { get; }

    /// <summary>Lower end of the box in which attacks stay, in input units: that of all rows; random points lie in that of the training rows.</summary>
    public double Low { get; }

    /// <summary>Upper end of that box.</summary>
    public double High { get; }

    /// <summary>One row per network, steps ascending.</summary>
    public IReadOnlyList<DynamicsRow> Rows { get; }

    /// <summary>Phases of the local complexity around training rows, or null with fewer than three networks or without complexity.</summary>
    public TrainingPhases? Phases { get; }

    /// <summary>How much later than training accuracy test accuracy comes; null where either is missing or ends at 0.</summary>
    public DelayedGeneralization? Generalization { get; }

    /// <summary>How much later accuracy under attack comes, per budget. Shape [epsilons].</summary>
    public ImmutableArray<DelayedGeneralization?> Robustness { get; }

    /// <summary>The largest share of zero input gradients over all networks: above 0.01 robustness may be masked. Null without an attack.</summary>
    public double? ZeroGradientShare { get; }

    /// <summary>How the numbers were obtained.</summary>
    public Exactness Exactness { get; } = Exactness.Sampled;

    /// <summary>What measuring took in this call.</summary>
    public Cost Cost { get; }

    /// <summary>Keys in <c>docs/references.bib</c> of the work this result rests on.</summary>
    public ImmutableArray<string> Citations { get; } = ["humayun2024grok", "humayun2023training"];

    /// <summary>Steps and values of one number over the rows that have it.</summary>
    /// <param name="value">The number, or null.</param>
    public (double[] Steps, double[] Values) Curve(Func<DynamicsRow, double?> value)
    {
        (double Step, double? Value)[] points = [.. Rows.Select(row => ((double)row.Step, value(row))).Where(point => point.Item2 is not null)];
        return (Array.ConvertAll(points, point => point.Step), Array.ConvertAll(points, point => point.Value!.Value));
    }

    private TrainingPhases? PhasesOf()
    {
        (double[] steps, double[] values) = Curve(row => row.Train?.Complexity?.Total.Mean);
        return steps.Length < 3 ? null : TrainingPhases.Of(steps, values);
    }

    private DelayedGeneralization? Delay(Func<DynamicsRow, double?> other)
    {
        (double[] trainSteps, double[] train) = Curve(row => row.Train?.Accuracy);
        (double[] steps, double[] values) = Curve(other);
        return train.Length < 3 || values.Length < 3 || !(train[^1] > 0) || !(values[^1] > 0) ? null : DelayedGeneralization.Of(trainSteps, train, steps, values);
    }
}
