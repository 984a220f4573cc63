using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Trains and judges probes of texts: the features, and beside them everything else that could explain the same numbers.</summary>
/// <remarks>
/// Source: Balestriero et al. (<c>balestriero2024characterizing</c>) for the protocol; the controls are ours. Exactness: sampled, over repeated splits;
/// the same seed gives the same numbers with any number of threads.
/// </remarks>
public static class ProbeExperiment
{
    /// <summary>Runs all probes.</summary>
    /// <param name="data">The texts.</param>
    /// <param name="labels">What to tell, at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Seed, threads, progress.</param>
    /// <exception cref="ArgumentException">Shapes differ, options are out of range, or there are too few rows; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static ProbeResult Run(ProbeData data, IReadOnlyList<ProbeLabel> labels, ProbeOptions options, RunContext run)
    {
        options.Check();
        data.Check();
        if (labels.Count == 0)
            throw new ArgumentException("'labels' is empty; expected at least one label.", nameof(labels));
        if (labels.FirstOrDefault(label => label.Values.Length != data.Table.Rows.Length) is ProbeLabel wrong)
            throw new ArgumentException($"label '{wrong.Name}' has {wrong.Values.Length} values; expected {data.Table.Rows.Length}, one per row of the table.", nameof(labels));
        ProbePlan[] plans = [.. labels.SelectMany(label => Plans(data, label, options, run))];
        int? leaf = options.Kind == ProbeKind.Forest ? plans.Min(plan => ProbeTraining.LeafRows(options, plan.Splits.Min(split => split.Labeled.Length))) : null;
        ProbeJob[] jobs = [.. plans.SelectMany(plan => plan.Jobs)];
        int done = 0;
        Workers.For(jobs.Length, run.Threads, i =>
        {
            run.Cancellation.ThrowIfCancellationRequested();
            jobs[i].Do();
            int now = Interlocked.Increment(ref done);
            run.Progress?.Report(new Progress(now / (double)jobs.Length, now));
        });
        return new ProbeResult
        {
            Options = options,
            Rows = data.Table.Rows.Length,
            Features = data.Table.Names.Length,
            Imputed = data.Table.Rows.Sum(row => row.LongCount(double.IsNaN)),
            LeafRows = leaf,
            Findings = [.. plans.Select(plan => plan.Finding())],
            Remarks = [.. Remarks(options, leaf)],
        };
    }

    private static IEnumerable<ProbePlan> Plans(ProbeData data, ProbeLabel label, ProbeOptions options, RunContext run)
    {
        ProbeSplit[] splits = [.. Enumerable.Range(0, options.Repeats).Select(repeat => ProbeSplit.Of(label.Values, options, run.Seed + (ulong)repeat))];
        return label.Scored.Select(scored => new ProbePlan(data, label, scored, splits, options, run.Seed));
    }

    private static IEnumerable<string> Remarks(ProbeOptions options, int? leaf)
    {
        yield return "Intervals are those of one test set (DeLong, averaged over splits); splits share their rows, so more of them do not narrow an interval.";
        if (leaf < ProbeTraining.SourceLeafRows && options.LeafRows is null)
            yield return $"Leaves of the forest hold at least {leaf} rows instead of the {ProbeTraining.SourceLeafRows} of the source, because there are few training rows.";
        if (options.LabelShare < 1)
            yield return FormattableString.Invariant($"Only {100 * options.LabelShare:G4} % of the training labels are used, in the controls too; the other training rows are labeled by self-training.");
    }
}
