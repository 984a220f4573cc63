using Crease.Measures;
using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>What a training has computed, from what its folder says that it did.</summary>
/// <param name="Network">Its network.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="RowsTrained">Rows in the batches of those steps, repeats included.</param>
/// <param name="RowsEvaluated">Rows that its lines of metrics were measured on, repeats included.</param>
public sealed record RunCompute(Network Network, long Steps, long RowsTrained, long RowsEvaluated)
{
    /// <summary>Operations of its network for one input.</summary>
    public ModelOperations Operations { get; } = NetworkOperations.Of(Network);

    /// <summary>Rows of a ledger: the steps, which count, and the evaluations, which do not.</summary>
    public IReadOnlyList<LedgerItem> Items =>
    [
        new($"{Steps} steps on {RowsTrained} rows", LedgerItemKind.PreTraining, TrainingEstimate.ByOperations(Operations.Training, RowsTrained), "the run's saved state, options and data"),
        new($"metrics on {RowsEvaluated} rows", LedgerItemKind.Evaluation, TrainingEstimate.ByOperations(Operations.Forward, RowsEvaluated, isTraining: false), "the run's lines of metrics"),
    ];

    /// <summary>Counts a run up to its saved state.</summary>
    /// <param name="folder">Folder of the run; its data are read again for their number of rows.</param>
    /// <exception cref="TrainingException">There is no run, or its files cannot be read.</exception>
    /// <exception cref="ModelException">Its network or its data cannot be read.</exception>
    public static RunCompute Of(string folder)
    {
        RunSummary run = RunSummary.Read(folder);
        TrainingOptions options = run.Options;
        DataParts sets = TrainingSource.Load(options.Data, options.Network.Architecture().TakesImages, options.Seed);
        int rows = sets.Train.Count, batch = options.Batch == 0 ? rows : Math.Min(options.Batch, rows);
        (long epochs, long rest) = Math.DivRem(run.Done, new BatchOrder(rows, batch, options.Seed).StepsPerEpoch);
        long measured = Math.Min(options.MetricSamples, rows) + Math.Min(options.MetricSamples, sets.Test?.Count ?? 0);
        return new RunCompute(Model.Load(folder), run.Done, epochs * rows + rest * batch, run.Metrics.Count * measured);
    }
}
