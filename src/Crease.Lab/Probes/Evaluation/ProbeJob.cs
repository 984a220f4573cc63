namespace Crease.Lab;

/// <summary>A probe on each of the splits; the splits are done one by one, and several jobs at the same time.</summary>
/// <param name="inputs">What it reads.</param>
/// <param name="splits">The splits, restricted to what it may train on.</param>
/// <param name="truth">Whether a row is of the class, by split. Shape [splits][rows].</param>
/// <param name="options">How to train.</param>
/// <param name="seed">Seed of the first split.</param>
internal sealed class ProbeJob(ProbeInputs inputs, ProbeSplit[] splits, bool[][] truth, ProbeOptions options, ulong seed)
{
    /// <summary>Outcomes by split; filled by <see cref="Do"/>.</summary>
    public SplitOutcome[] Outcomes { get; } = new SplitOutcome[splits.Length];

    public AucEstimate Estimate => AucEstimate.Of(Outcomes);

    public void Do()
    {
        for (int i = 0; i < splits.Length; i++)
        {
            IProbeRows rows = inputs.Prepared(splits[i].Training);
            ProbeScorer scorer = SelfTraining.Train(rows, splits[i], truth[i], options, (int)((seed + (ulong)i) & int.MaxValue));
            Outcomes[i] = SplitOutcome.Of(scorer, rows, splits[i].Test, truth[i])!;
        }
    }

    /// <summary>The AUC over those test rows that are chosen, or null where a split has one class only among them.</summary>
    public AucEstimate? Where(Func<int, bool> chosen)
    {
        SplitOutcome?[] kept = [.. Outcomes.Select((outcome, i) => outcome.Where(chosen, truth[i]))];
        return Array.TrueForAll(kept, outcome => outcome is not null) ? AucEstimate.Of(kept!) : null;
    }
}
