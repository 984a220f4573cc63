namespace Crease.Lab;

/// <summary>What one split came to.</summary>
/// <param name="Auc">Of the test rows.</param>
/// <param name="BalancedAccuracy">Of the test rows at a threshold of one half.</param>
/// <param name="Rows">The test rows.</param>
/// <param name="Scores">Their scores.</param>
internal sealed record SplitOutcome(RankAuc Auc, double BalancedAccuracy, int[] Rows, double[] Scores)
{
    /// <summary>Scores rows; null where they are all of one class.</summary>
    public static SplitOutcome? Of(ProbeScorer scorer, IProbeRows rows, int[] test, bool[] truth) => Of(test, [.. test.Select(row => scorer.Score(rows, row))], truth);

    /// <summary>The same for some of the rows, or null where they are all of one class.</summary>
    /// <param name="chosen">Whether to keep a row.</param>
    /// <param name="truth">Whether a row is of the class. Shape [all rows].</param>
    public SplitOutcome? Where(Func<int, bool> chosen, bool[] truth)
    {
        int[] kept = [.. Enumerable.Range(0, Rows.Length).Where(i => chosen(Rows[i]))];
        return Of([.. kept.Select(i => Rows[i])], [.. kept.Select(i => Scores[i])], truth);
    }

    private static SplitOutcome? Of(int[] rows, double[] scores, bool[] truth)
    {
        bool[] labels = Array.ConvertAll(rows, row => truth[row]);
        int positives = labels.Count(label => label);
        if (positives == 0 || positives == labels.Length)
            return null;
        int right = 0, rightNegatives = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            right += labels[i] && scores[i] >= 0.5 ? 1 : 0;
            rightNegatives += !labels[i] && scores[i] < 0.5 ? 1 : 0;
        }
        return new SplitOutcome(RankAuc.Of(scores, labels), 0.5 * right / positives + 0.5 * rightNegatives / (labels.Length - positives), rows, scores);
    }
}
