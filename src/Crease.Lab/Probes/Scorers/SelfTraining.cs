namespace Crease.Lab;

/// <summary>Learning from few labels: a rule labels the rows it is surest of, and learns again.</summary>
/// <remarks>Source: released code of Balestriero et al. (<c>balestriero2024characterizing</c>): criterion k_best with k a tenth of the rows without labels, at most ten rounds.</remarks>
internal static class SelfTraining
{
    private const int Rounds = 10;

    /// <summary>Trains a rule, by self-training where not all rows are labeled.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="split">Training rows and which of them are labeled.</param>
    /// <param name="truth">Whether a row is of the class. Shape [rows].</param>
    /// <param name="options">What to train.</param>
    /// <param name="seed">Seed of forests.</param>
    public static ProbeScorer Train(IProbeRows rows, ProbeSplit split, bool[] truth, ProbeOptions options, int seed)
    {
        var known = split.Labeled.ToDictionary(row => row, row => truth[row]);
        List<int> unknown = [.. split.Training.Where(row => !known.ContainsKey(row))];
        int best = unknown.Count / Rounds;
        ProbeScorer scorer = Fit();
        for (int round = 0; round < Rounds && unknown.Count > 0 && best > 0; round++)
        {
            (int Row, double Score)[] sure = [.. unknown.Select(row => (row, scorer.Score(rows, row))).OrderByDescending(item => Math.Abs(item.Item2 - 0.5)).ThenBy(item => item.row).Take(best)];
            foreach ((int row, double score) in sure)
                known[row] = score >= 0.5;
            unknown.RemoveAll(known.ContainsKey);
            scorer = Fit();
        }
        return scorer;

        ProbeScorer Fit()
        {
            int[] training = [.. known.Keys.Order()];
            return ProbeTraining.Train(rows, training, [.. training.Select(row => known[row])], options, seed);
        }
    }
}
