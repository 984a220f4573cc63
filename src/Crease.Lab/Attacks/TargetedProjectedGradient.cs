namespace Crease.Lab;

/// <summary>APGD with the targeted DLR loss, once for each of up to nine targets: <c>apgd-t</c>.</summary>
/// <remarks>Source: Croce and Hein 2020, <c>croce2020reliable</c>, section 4.1. Any class but the true one counts as success.</remarks>
/// <param name="targets">Most targets: 9; in the L1 ensemble 5.</param>
internal sealed class TargetedProjectedGradient(int targets = TargetOrder.Most) : ISearch
{
    public string Name => "apgd-t";

    public IReadOnlyList<string> Sources => ["croce2020reliable", "croce2021mind"];

    public AttackOptions Settled(AttackOptions options) => AutoProjectedGradient.Own(options) with { Loss = Attacks.LogitRatio };

    public string? Remark(int classes) => classes < 4 ? "targeted DLR needs four classes: with fewer the difference of two logits is used" : null;

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        // The loss names its own target, so that the criterion's class and direction are those of the true class.
        int[] order = TargetOrder.Of(row, options, targets);
        for (int t = 0; t < order.Length; t++)
        {
            var loss = new TargetedLogitRatioLoss(order[t]);
            for (int restart = 0; restart < options.Restarts && !row.HasFooled; restart++)
            {
                if (row.IsBehind())
                    continue;
                foreach (Ask ask in AutoStepAscent.Search(row, options, new Aimed(loss, row.Label, options.Criterion.Direction), options.StepCount, row.Random(t * AttackOptions.MostRestarts + restart)))
                    yield return ask;
                yield return Ask.Pause;
            }
        }
    }

    /// <summary>A loss of the true class whatever the criterion asks the loss of.</summary>
    private sealed class Aimed(IAttackLoss loss, int label, int direction) : IAttackLoss
    {
        public string Name => loss.Name;

        public double Of(ReadOnlySpan<double> logits, int ignored, Span<double> gradient)
        {
            double value = direction * loss.Of(logits, label, gradient);
            for (int j = 0; j < gradient.Length; j++)
                gradient[j] *= direction;
            return value;
        }
    }
}
