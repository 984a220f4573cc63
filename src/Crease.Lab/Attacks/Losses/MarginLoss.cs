namespace Crease.Lab;

/// <summary>The largest other logit minus the class's own: positive where the class is not predicted. It has no exponential that could vanish.</summary>
public sealed class MarginLoss : IAttackLoss
{
    /// <inheritdoc/>
    public string Name => "margin";

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> logits, int label, Span<double> gradient)
    {
        int best = label == 0 ? 1 : 0;
        for (int j = best + 1; j < logits.Length; j++)
            best = j != label && logits[j] > logits[best] ? j : best;
        gradient.Clear();
        (gradient[best], gradient[label]) = (1, -1);
        return logits[best] - logits[label];
    }
}
